using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Each value is freed behind the last step that takes it, not at the end of the forward pass: without gradients the network then needs the memory
/// of its largest layers, and not of all. With gradients libtorch keeps what backward needs, and only that.
/// </summary>
internal sealed class EarlyRelease() : Pass("early release of memory")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        // By value; a value that nothing takes has none.
        var last = new int?[plan.NewValue];
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            foreach (var source in plan.Steps[i].Sources)
                Take(source, i);
        }

        // What is returned stays; so does what the last step takes, behind which nothing is left to run.
        foreach (var output in plan.Outputs)
            Take(output, plan.Steps.Count);
        var (frees, isChanged) = (new List<int>?[plan.Steps.Count], false);
        for (var value = plan.Inputs; value < last.Length; value++)
        {
            if (last[value] is not { } end || end >= frees.Length - 1)
                continue;
            (frees[end] ??= []).Add(value);
            isChanged = true;
        }

        return isChanged ? plan.With([.. plan.Steps.Select((step, i) => frees[i] is { } values ? step with { Frees = values } : step)]) : plan;

        void Take(int value, int step)
        {
            if (value < plan.Inputs)
                return; // the caller's
            last[value] = step;
            // Where an optional step is missing, its value is what flowed in.
            if (plan.StepOf(value) is NodeStep { IsOptional: true } optional)
                Take(optional.Sources[0], step);
        }
    }
}
