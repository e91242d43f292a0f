using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph.Kernels;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>A network that is compiled to plain C# has a kernel for each of its layers, as it is set, and with a gradient where it is trained.</summary>
internal static class KernelsMissing
{
    public static IEnumerable<Finding> Check(ModelGraph graph) => graph.Compilation.Backend == Backend.Torch
        ? []
        : KernelPlan.Missing(graph.Flat, trains: graph.Training is not null).Select(Say);

    private static Finding Say(FlatLayer layer)
    {
        var (what, how, does) = KernelPlan.KernelOf(layer) is null
            ? ("has no kernel for", " as it is set", "computes")
            : ("predicts with", ", but has no gradient to train it by", "trains");
        return Finding.Of(Rules.KernelMissing, layer.Node.Place.Path, layer.Key, layer.Node.Kind.Keyword, layer.Node.Input.ToString(), what, how, does);
    }
}
