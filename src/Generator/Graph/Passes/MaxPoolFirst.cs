using System.Collections.Generic;
using System.Linq;
using ModelGen.Layers;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Max-pooling before an activation that never falls: max(f(a), f(b)) = f(max(a, b)), and f is computed for one value of a window in place of
/// all. The gradient is the same too: where values of a window become equal by f (relu's zeros), f is flat and passes none on.
/// </summary>
internal sealed class MaxPoolFirst() : Pass("max-pooling before its activation")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        // The activations by the values of the pools behind them.
        var pairs = new Dictionary<int, NodeStep>();
        foreach (var step in plan.Steps)
        {
            if (step is NodeStep pool && pool.IsLayer(layer => layer.Kind is MaxPooling)
                && plan.StepOf(pool.Sources[0]) is NodeStep activation && activation.IsLayer(layer => layer.Kind.IsMonotone(layer.Settings))
                && plan.UsesOf(activation.Value) == 1)
            {
                pairs.Add(pool.Value, activation);
            }
        }

        if (pairs.Count == 0)
            return plan;

        var instead = pairs.ToDictionary(pair => pair.Key, pair => pair.Value.Value);
        var moved = new HashSet<int>(instead.Values);
        var steps = new List<Step>(plan.Steps.Count);
        foreach (var step in plan.Steps)
        {
            if (moved.Contains(step.Value))
                continue;
            if (!pairs.TryGetValue(step.Value, out var activation))
            {
                steps.Add(step.Taking(instead));
                continue;
            }

            var pool = (NodeStep)step;
            steps.Add(pool with { Sources = activation.Taking(instead).Sources, Note = $"moved before {activation.Name.Key}: the same maximum" });
            steps.Add(activation with { Sources = [pool.Value], Shape = pool.Value, Note = $"moved behind {pool.Name.Key}: fewer values" });
        }

        return plan.With(steps, [.. plan.Outputs.Select(output => instead.TryGetValue(output, out var other) ? other : output)]);
    }
}
