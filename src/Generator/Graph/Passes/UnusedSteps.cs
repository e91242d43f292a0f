using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>
/// A layer whose output nobody takes is not computed; it stays in the network and in its state_dict. Safe for a layer that is nothing but its
/// output, which each says of itself (<see cref="Layers.LayerKind.IsOnlyItsOutput"/>). A module is computed all the same: it may hold another.
/// </summary>
internal sealed class UnusedSteps() : Pass("unused layers left out")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        var used = new HashSet<int>(plan.Outputs);
        var kept = new List<Step>(plan.Steps.Count);
        for (var i = plan.Steps.Count - 1; i >= 0; i--)
        {
            var step = plan.Steps[i];
            if (!used.Contains(step.Value) && step is NodeStep node && node.IsLayer(layer => layer.Kind.IsOnlyItsOutput))
                continue;
            used.UnionWith(step.Sources);
            kept.Add(step);
        }

        kept.Reverse();
        return kept.Count == plan.Steps.Count ? plan : plan.With(kept);
    }
}
