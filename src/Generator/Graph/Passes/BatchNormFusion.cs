using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>
/// A convolution and the batch norm behind it become one call. In training the convolution's bias is left out: batch norm subtracts the mean of
/// each channel, so norm(y + b) = norm(y), and the bias's gradient is zero; only the running mean has it, to which it is added. In evaluation
/// both are linear, so that a network which only predicts can fold them into one convolution (Jacob et al. 2018, section 3.2).
/// </summary>
internal static class BatchNormFusion
{
    public static Pass Pass { get; } = new("batch norm with its convolution", Apply);

    private static ForwardPlan Apply(ForwardPlan plan)
    {
        var steps = new List<Step>(plan.Steps.Count);
        foreach (var step in plan.Steps)
        {
            var convolution = step is NodeStep norm && norm.IsLayer(layer => layer.Kind.FusesWithConvolution(layer.Settings)) && plan.UsesOf(norm.Sources[0]) == 1
                ? ForwardPlan.StepOf(norm.Sources[0], steps) as NodeStep
                : null;
            if (convolution?.IsLayer(layer => layer.Kind.FusesWithBatchNorm(layer.Settings)) != true)
            {
                steps.Add(step);
                continue;
            }

            steps.Remove(convolution);
            steps.Add(new ConvBatchNormStep(convolution, (NodeStep)step) { Note = $"{convolution.Name.Key} and {((NodeStep)step).Name.Key} in one" });
        }

        return steps.Count == plan.Steps.Count ? plan : plan with { Steps = steps };
    }
}
