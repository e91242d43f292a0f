using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>
/// An activation overwrites what it takes, where nothing else takes it: the numbers stay in the cache, and no new memory is touched. Safe for relu,
/// whose gradient follows from its output, behind a layer whose own gradient needs its input alone, and whose output is memory of its own
/// rather than a view. The tensor that the caller gave is never overwritten.
/// </summary>
internal sealed class InPlaceActivation() : Pass("activations in place")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        var steps = new List<Step>(plan.Steps.Count);
        var isChanged = false;
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            var runsInPlace = step is NodeStep node && node.IsLayer(layer => layer.Kind.RunsInPlace)
                && plan.UsesOf(step.Sources[0]) == 1 && MayBeOverwritten(plan.StepOf(step.Sources[0]));
            isChanged |= runsInPlace;
            steps.Add(runsInPlace ? (NodeStep)step with { IsInPlace = true, Note = step.Note is null ? "in place" : step.Note + ", in place" } : step);
        }

        return isChanged ? plan.With(steps) : plan;
    }

    private static bool MayBeOverwritten(Step? maker) =>
        maker is ConvBatchNormStep || (maker is NodeStep node && node.IsLayer(layer => layer.Kind.OutputMayBeOverwritten));
}
