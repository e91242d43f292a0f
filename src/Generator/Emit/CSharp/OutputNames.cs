using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit.CSharp;

/// <summary>What the network's outputs are called: by the layers that give them; a single one is the output.</summary>
internal static class OutputNames
{
    public static IReadOnlyList<string> Of(ModelGraph graph) => graph.Root.Outputs.Count == 1
        ? ["output"]
        : [.. graph.Root.Outputs.Select(output => output < graph.Root.Inputs.Count
            ? graph.Root.Inputs[output].Name
            : graph.Root.Nodes[output - graph.Root.Inputs.Count].Name.Key)];
}
