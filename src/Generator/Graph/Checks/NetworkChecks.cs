using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;

namespace ModelGen.Graph.Checks;

/// <summary>What can be said of a network only as a whole, when all its shapes are known. Each check is one file.</summary>
internal static class NetworkChecks
{
    private static readonly Func<ModelGraph, IEnumerable<Finding>>[] All =
    [
        RedundantBias.Check,
        LinearsInARow.Check,
        TakenTwice.Check,
        DropoutBehindHead.Check,
        HeadWidth.Check,
        BatchNormOfOne.Check,
        NormalisationChannels.Check,
        LabelBreakingAugmentation.Check,
        KernelsMissing.Check,
        OnnxFormsMissing.Check,
        FrozenLayers.Check,
        NothingToTrain.Check,
        PrecisionMissing.Check,
    ];

    /// <exception cref="OverflowException">The network's costs are beyond 2^63 - 1, or the bytes of its outputs.</exception>
    public static IEnumerable<Finding> Run(ModelGraph graph, Budget? budget)
    {
        _ = graph.Parameters + graph.MultiplyAdds;
        _ = graph.Layers.Aggregate(0L, (bytes, layer) => checked(bytes + (sizeof(long) * layer.Node.Output.ElementCount)));

        // Most networks have none: no list is made for them.
        List<Finding>? findings = null;
        foreach (var check in All)
            Add(check(graph));
        if (budget is not null)
            Add(budget.Check(graph));
        return findings ?? (IEnumerable<Finding>)[];

        void Add(IEnumerable<Finding> found)
        {
            foreach (var finding in found)
                (findings ??= []).Add(finding);
        }
    }
}
