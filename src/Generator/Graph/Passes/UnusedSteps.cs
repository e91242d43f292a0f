using System.Collections.Generic;
using ModelGen.Layers;

namespace ModelGen.Graph.Passes;

/// <summary>
/// A layer whose output nobody takes is not computed; it stays in the network and in its state_dict. Safe for a layer without memory and without
/// random numbers. A norm that may keep running statistics is computed all the same, as are dropout and the layers that may hold one, whose random
/// numbers others would get, a user's own layer, and modules, which may hold such.
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
            if (!used.Contains(step.Value) && step is NodeStep node && node.IsLayer(layer => HasOnlyItsOutput(layer.Kind)))
                continue;
            used.UnionWith(step.Sources);
            kept.Add(step);
        }

        kept.Reverse();
        return kept.Count == plan.Steps.Count ? plan : plan.With(kept);
    }

    private static bool HasOnlyItsOutput(LayerKind kind) =>
        kind is not (Custom or ChannelNormalisation or RecurrentLayer or Attention) && (kind.Traits & LayerTraits.Dropout) == 0;
}
