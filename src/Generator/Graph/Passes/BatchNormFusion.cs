using System.Collections.Generic;
using System.Linq;

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
        // By the value of the batch norm behind each.
        var convolutions = new Dictionary<int, NodeStep>();
        foreach (var step in plan.Steps)
        {
            if (step is NodeStep norm && norm.IsLayer(layer => layer.Kind.FusesWithConvolution(layer.Settings)) && plan.UsesOf(norm.Sources[0]) == 1
                && plan.StepOf(norm.Sources[0]) is NodeStep convolution && convolution.IsLayer(layer => layer.Kind.FusesWithBatchNorm(layer.Settings)))
            {
                convolutions.Add(norm.Value, convolution);
            }
        }

        if (convolutions.Count == 0)
            return plan;

        var fused = new HashSet<int>(convolutions.Values.Select(convolution => convolution.Value));
        return plan.With([.. plan.Steps.Where(step => !fused.Contains(step.Value)).Select(step => convolutions.TryGetValue(step.Value, out var convolution)
            ? Fuse(convolution, (NodeStep)step)
            : step)]);
    }

    private static ConvBatchNormStep Fuse(NodeStep convolution, NodeStep norm) => new(convolution, norm) { Note = $"{convolution.Name.Key} and {norm.Name.Key} in one" };
}
