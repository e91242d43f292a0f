using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>
/// A layer whose output nobody takes is not computed; it stays in the network and in its state_dict. Safe for a layer that is nothing but its
/// output, which each says of itself (<see cref="Layers.LayerKind.IsOnlyItsOutput"/>). A module is computed all the same: it may hold another.
/// </summary>
internal sealed class UnusedSteps() : Pass("unused layers left out")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        var isKept = new bool[plan.NewValue];
        var unused = 0;
        Mark(plan.Outputs, isKept);
        for (var i = plan.Steps.Count - 1; i >= 0; i--)
        {
            var step = plan.Steps[i];
            if (!isKept[step.Value] && step is NodeStep node && node.IsLayer(layer => layer.Kind.IsOnlyItsOutput))
            {
                unused++;
                continue;
            }

            isKept[step.Value] = true;
            Mark(step.Sources, isKept);
        }

        return unused == 0 ? plan : plan.With(Kept(plan, isKept));
    }

    private static void Mark(IReadOnlyList<int> values, bool[] isKept)
    {
        for (var i = 0; i < values.Count; i++)
            isKept[values[i]] = true;
    }

    private static Step[] Kept(ForwardPlan plan, bool[] isKept) => [.. plan.Steps.Where(step => isKept[step.Value])];
}
