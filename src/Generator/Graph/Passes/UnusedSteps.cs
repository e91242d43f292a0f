using System.Collections.Generic;
using ModelGen.Layers;

namespace ModelGen.Graph.Passes;

/// <summary>
/// A layer whose output nobody takes is not computed; it stays in the network and in its state_dict. Safe for a layer without memory and without
/// random numbers. A batch norm is computed all the same, for its running statistics, as are dropout, whose random numbers others would get,
/// a user's own layer, and modules, which may hold such.
/// </summary>
internal static class UnusedSteps
{
    public static Pass Pass { get; } = new("unused layers left out", Apply);

    private static ForwardPlan Apply(ForwardPlan plan)
    {
        var used = new HashSet<int>(plan.Outputs);
        var kept = new List<Step>(plan.Steps.Count);
        for (var i = plan.Steps.Count - 1; i >= 0; i--)
        {
            var step = plan.Steps[i];
            if (!used.Contains(step.Value) && step is NodeStep node && node.IsLayer(layer => layer.Kind is not Custom && (layer.Kind.Traits & (LayerTraits.BatchNorm | LayerTraits.Dropout)) == 0))
                continue;
            used.UnionWith(step.Sources);
            kept.Add(step);
        }

        kept.Reverse();
        return kept.Count == plan.Steps.Count ? plan : plan.With(kept);
    }
}
