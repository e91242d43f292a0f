using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>B (A x + a) + b is (B A) x + (B a + b): without a nonlinear layer between them the second linear layer adds nothing.</summary>
internal static class LinearsInARow
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        for (var i = 1; i < graph.Nodes.Count; i++)
        {
            var (first, second) = (graph.Nodes[i - 1], graph.Nodes[i]);
            if (first.Kind.Traits.HasFlag(LayerTraits.Linear) && second.Kind.Traits.HasFlag(LayerTraits.Linear))
            {
                yield return Finding.Of(Rules.LinearsInARow, SourceMap.Layer(i), second.Name.Key, first.Name.Key)
                    .WithFixes([
                        Fix.Of("put relu between them", new InsertLayer(i, SectionSpec.Of("relu"))),
                        Fix.Of($"remove '{first.Name.Key}'", new RemoveLayer(i - 1))]);
            }
        }
    }
}
