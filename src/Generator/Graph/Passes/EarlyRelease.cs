using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Each value is freed behind the last step that takes it, not at the end of the forward pass: without gradients the network then needs the memory
/// of its largest layers, and not of all. With gradients libtorch keeps what backward needs, and only that.
/// What a user's own module took or gave lives to the end: the two may be one tensor, in training alone, too.
/// </summary>
internal sealed class EarlyRelease() : Pass("early release of memory")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        // By value; a value that nothing takes has none.
        var last = new int?[plan.NewValue];
        for (var i = 0; i < plan.Steps.Count; i++)
            TakeAll(plan.Steps[i].Sources, i);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (!MayGiveWhatItTook(plan.Steps[i]))
                continue;
            Take(plan.Steps[i].Value, plan.Steps.Count);
            TakeAll(plan.Steps[i].Sources, plan.Steps.Count);
        }

        // What is returned stays; so does what the last step takes, behind which nothing is left to run.
        TakeAll(plan.Outputs, plan.Steps.Count);
        var (frees, isChanged) = (new int[]?[plan.Steps.Count], false);
        for (var value = plan.Inputs; value < last.Length; value++)
        {
            if (last[value] is not { } end || end >= frees.Length - 1)
                continue;
            frees[end] = [.. frees[end] ?? [], value];
            isChanged = true;
        }

        return isChanged ? plan.With([.. plan.Steps.Select((step, i) => frees[i] is { } values ? step with { Frees = values } : step)]) : plan;

        void TakeAll(IReadOnlyList<int> values, int step)
        {
            for (var i = 0; i < values.Count; i++)
                Take(values[i], step);
        }

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

    private static bool MayGiveWhatItTook(Step step) => step is NodeStep node && node.Uses.Any(HoldsOwn);

    private static bool HoldsOwn(GraphNode node) => node switch
    {
        LayerNode layer => layer.Kind.IsOwn,
        ModuleNode module => HoldsOwn(module.Module),
        RepeatNode repeat => repeat.Modules.Any(HoldsOwn),
        _ => false,
    };

    // What such a module gives may be what the module around it gives.
    private static bool HoldsOwn(ModuleGraph module) => module.Nodes.Any(HoldsOwn);
}
