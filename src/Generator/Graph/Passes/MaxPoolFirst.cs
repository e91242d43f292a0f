using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Max-pooling before an activation that never falls: max(f(a), f(b)) = f(max(a, b)), and f is computed for one value of a window in place of
/// all. The gradient is the same too: where values of a window become equal by f (relu's zeros), f is flat and passes none on.
/// </summary>
internal sealed class MaxPoolFirst() : Pass("max-pooling before its activation")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        // The activation before each pool, by the pool's value; null where it stays.
        NodeStep?[]? activations = null;
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i] is NodeStep pool && pool.IsLayer(layer => layer.Kind.TakesMaximum)
                && plan.StepOf(pool.Sources[0]) is NodeStep activation && activation.IsLayer(layer => layer.Kind.IsMonotone(layer.Settings))
                && plan.UsesOf(activation.Value) == 1)
            {
                (activations ??= new NodeStep?[plan.NewValue])[pool.Value] = activation;
            }
        }

        return activations is null ? plan : Move(plan, activations);
    }

    private static ForwardPlan Move(ForwardPlan plan, NodeStep?[] activations)
    {
        var (instead, isMoved) = (plan.Values(), new bool[activations.Length]);
        for (var pool = 0; pool < activations.Length; pool++)
        {
            if (activations[pool] is not { } activation)
                continue;
            instead[pool] = activation.Value;
            isMoved[activation.Value] = true;
        }

        var steps = new List<Step>(plan.Steps.Count);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            if (isMoved[step.Value])
                continue;
            if (activations[step.Value] is not { } activation)
            {
                steps.Add(step.Taking(instead));
                continue;
            }

            var pool = (NodeStep)step;
            steps.Add(pool with { Sources = activation.Taking(instead).Sources, Note = $"moved before {activation.Name.Key}: the same maximum" });
            steps.Add(activation with { Sources = [pool.Value], Shape = pool.Value, Note = $"moved behind {pool.Name.Key}: fewer values" });
        }

        return plan.With(steps, ForwardPlan.Replaced(plan.Outputs, instead));
    }
}
