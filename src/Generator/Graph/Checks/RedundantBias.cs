using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>Batch norm subtracts the mean of each channel, so a bias right before it changes nothing but the time of a step.</summary>
internal static class RedundantBias
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        for (var i = 0; i + 1 < graph.Nodes.Count; i++)
        {
            var (node, next) = (graph.Nodes[i], graph.Nodes[i + 1]);
            if (node.Kind.BiasSwitch is { } bias && node.Settings.Get(bias) && next.Kind.Traits.HasFlag(LayerTraits.BatchNorm))
            {
                yield return Finding.Of(Rules.RedundantBias, SourceMap.Layer(i) + "." + bias.Name, node.Name.Key, node.Kind.Keyword, next.Name.Key)
                    .WithFixes([Fix.Of($"set {bias.Name} to false", new SetLayerSetting(i, bias.Name, SpecValue.Of(false)))]);
            }
        }
    }
}
