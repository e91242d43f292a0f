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
    /// <summary>What the checks find in the network with the edits; null where these change more than can be told from the graph.</summary>
    public static IEnumerable<Finding>? Run(ModelGraph graph, Budget? budget, IEnumerable<SetLayerSetting> edits)
    {
        try
        {
            return Changed(graph, edits.ToLookup(edit => edit.Layer)) is { } layers ? NetworkChecks.Run(graph with { Flat = graph.Flat with { Layers = layers } }, budget) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static FlatLayer[]? Changed(ModelGraph graph, ILookup<LayerPlace, SetLayerSetting> edits)
    {
        var layers = new FlatLayer[graph.Layers.Count];
        for (var i = 0; i < layers.Length; i++)
        {
            var (node, isEdited) = (graph.Layers[i].Node, false);
            foreach (var edit in edits[node.Place])
            {
                if (With(node.Kind, node.Settings, edit) is not { } settings || node.As(settings) is not { } changed)
                    return null;
                (node, isEdited) = (changed, true);
            }

            // How the network is trained depends on its last layer, too.
            if (isEdited && graph.Flat.Outputs.Contains(i))
                return null;
            layers[i] = isEdited ? graph.Layers[i] with { Node = node } : graph.Layers[i];
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
