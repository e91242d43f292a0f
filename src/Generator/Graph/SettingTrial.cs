using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph.Checks;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// Tries other settings of some layers on the graph of a spec without mistakes. A layer's rules see its settings and what it receives, and nothing
/// else: where each gives the shape that it gave, all others are what they were, and only the network's own checks are run once more. To read the
/// whole spec again would cost as much as the first reading did.
/// </summary>
internal static class SettingTrial
{
    /// <summary>What the checks find in the network with the first fixes of findings; null where these change more than can be told from the graph.</summary>
    public static IEnumerable<Finding>? Run(ModelGraph graph, Budget? budget, IReadOnlyList<Finding> findings)
    {
        try
        {
            return Changed(graph, findings) is { } layers ? NetworkChecks.Run(graph with { Flat = graph.Flat with { Layers = layers } }, budget) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static FlatLayer[]? Changed(ModelGraph graph, IReadOnlyList<Finding> findings)
    {
        var edits = new Dictionary<LayerPlace, SetLayerSetting>(findings.Count);
        foreach (var finding in findings)
        {
            foreach (var edit in finding.Fixes[0].Edits)
            {
                if (edit is not SetLayerSetting setting || edits.ContainsKey(setting.Layer))
                    return null;
                edits.Add(setting.Layer, setting);
            }
        }

        var layers = new FlatLayer[graph.Layers.Count];
        for (var i = 0; i < layers.Length; i++)
        {
            var layer = layers[i] = graph.Layers[i];
            if (!edits.TryGetValue(layer.Node.Place, out var edit))
                continue;
            // How the network is trained depends on its last layer, too.
            if (With(layer.Node.Kind, layer.Node.Settings, edit) is not { } settings || layer.Node.As(settings) is not { } node || graph.Flat.Outputs.Contains(i))
                return null;
            layers[i] = layer with { Node = node };
        }

        return layers;
    }

    private static Settings? With(LayerKind kind, Settings settings, SetLayerSetting edit)
    {
        // A name, a condition or another layer's output is no setting of the layer by itself.
        if (Parameter.Find(edit.Name, kind.Parameters) is not { Type: not (ParameterType.Outputs or ParameterType.Layers) } parameter)
            return null;
        var value = edit.Value is null ? null : parameter.Read(edit.Value);
        return value is null && (edit.Value is not null || parameter.IsRequired) ? null : settings.With(parameter, value);
    }
}
