using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>
/// A convolution and the batch norm behind it become one call. In training the convolution's bias is left out: batch norm subtracts the mean of
/// each channel, so norm(y + b) = norm(y), and the bias's gradient is zero; only the running mean has it, to which it is added. In evaluation
/// both are linear, so that a network which only predicts can fold them into one convolution (Jacob et al. 2018, section 3.2).
/// </summary>
internal sealed class BatchNormFusion() : Pass("batch norm with its convolution")
{
    public override ForwardPlan Apply(ForwardPlan plan)
    {
        // The convolution before each batch norm, by the norm's value; null where they stay apart.
        NodeStep?[]? convolutions = null;
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i] is NodeStep norm && norm.IsLayer(layer => layer.Kind.FusesWithConvolution(layer.Settings)) && plan.UsesOf(norm.Sources[0]) == 1
                && plan.StepOf(norm.Sources[0]) is NodeStep convolution && convolution.IsLayer(layer => layer.Kind.FusesWithBatchNorm(layer.Settings)))
            {
                (convolutions ??= new NodeStep?[plan.NewValue])[norm.Value] = convolution;
            }
        }

        return convolutions is null ? plan : Fuse(plan, convolutions);
    }

    private static ForwardPlan Fuse(ForwardPlan plan, NodeStep?[] convolutions)
    {
        var isFused = new bool[convolutions.Length];
        foreach (var convolution in convolutions)
        {
            if (convolution is not null)
                isFused[convolution.Value] = true;
        }

        var steps = new List<Step>(plan.Steps.Count);
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var step = plan.Steps[i];
            if (!isFused[step.Value])
                steps.Add(convolutions[step.Value] is { } convolution ? Fuse(convolution, (NodeStep)step) : step);
        }

        return plan.With(steps);
    }

    private static ConvBatchNormStep Fuse(NodeStep convolution, NodeStep norm) => new(convolution, norm) { Note = $"{convolution.Name.Key} and {norm.Name.Key} in one" };
}
