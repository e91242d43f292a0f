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
        var convolutions = plan.Steps.OfType<NodeStep>()
            .Where(norm => norm.IsLayer(layer => layer.Kind.FusesWithConvolution(layer.Settings)) && plan.UsesOf(norm.Sources[0]) == 1)
            .Select(norm => (Norm: norm, Convolution: plan.StepOf(norm.Sources[0]) as NodeStep))
            .Where(pair => pair.Convolution?.IsLayer(layer => layer.Kind.FusesWithBatchNorm(layer.Settings)) == true)
            .ToDictionary(pair => pair.Norm.Value, pair => pair.Convolution!);
        if (convolutions.Count == 0)
            return plan;

        var fused = new HashSet<int>(convolutions.Values.Select(convolution => convolution.Value));
        return plan.With([.. plan.Steps.Where(step => !fused.Contains(step.Value)).Select(step => convolutions.TryGetValue(step.Value, out var convolution)
            ? Fuse(convolution, (NodeStep)step)
            : step)]);
    }

    private static ConvBatchNormStep Fuse(NodeStep convolution, NodeStep norm) => new(convolution, norm) { Note = $"{convolution.Name.Key} and {norm.Name.Key} in one" };
}
