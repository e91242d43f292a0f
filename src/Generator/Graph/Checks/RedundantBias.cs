using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>Batch norm subtracts the mean of each channel, so a bias right before it changes nothing but the time of a step.</summary>
internal static class RedundantBias
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        foreach (var next in graph.Layers)
        {
            if (!next.Node.Kind.IsBatchNorm || graph.Flat.Before(next) is not { } layer || graph.Flat.UsesOf(next.Sources[0]) > 1)
                continue;
            var node = layer.Node;
            // Batch norm's channels stand behind the batch; a linear layer's outputs stand last.
            if (node.Kind.SeesAll && node.Output.Rank > 2)
                continue;
            if (node.Kind.BiasSwitch is { } bias && node.Settings.Get(bias))
            {
                yield return Finding.Of(Rules.RedundantBias, node.Place.Path + "." + bias.Name, layer.Key, node.Kind.Keyword, next.Key)
                    .WithFixes([Fix.Of($"set {bias.Name} to false", new SetLayerSetting(node.Place, bias.Name, SpecValue.Of(false)))]);
            }
        }
    }
}
