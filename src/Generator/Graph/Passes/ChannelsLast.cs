using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Images flow through the network with the channels of a pixel side by side in memory (PyTorch's channels_last): libtorch's convolutions need no
/// reordering then, and its pooling and batch norm compute several channels at once. Only the order in memory differs; every layer keeps it, or
/// undoes it where it must. A convolution of a single channel is slow in that order, so there the change comes behind it; fused with its batch norm
/// it gives the new order by itself.
/// </summary>
internal sealed class ChannelsLast() : Pass("channels last")
{
    /// <summary>An image is [N, C, H, W]: so many sizes without the batch.</summary>
    private const int ImageSizes = 3;

    public override ForwardPlan Apply(ForwardPlan plan)
    {
        // A block takes its input in the order in which the network gives it.
        if (!plan.IsNetwork)
            return plan;
        var steps = new List<Step>(plan.Steps.Count + 1);
        var changed = new Dictionary<int, int>();
        var isLast = new HashSet<int>();
        var newValue = plan.NewValue;
        foreach (var original in plan.Steps)
        {
            var step = original.Taking(changed);
            var channels = ConvolvedChannels(step);
            if (channels > 1 && !isLast.Contains(step.Sources[0]))
            {
                Change(step.Sources[0]);
                step = step.Taking(changed);
            }

            steps.Add(step);
            if (channels == 1 && step is not ConvBatchNormStep)
                Change(step.Value);
            else if (step is ConvBatchNormStep || (step.TakesAny(isLast) && IsImage(step)))
                isLast.Add(step.Value);
        }

        return changed.Count == 0 ? plan : plan.With(steps);

        void Change(int value)
        {
            steps.Add(new ChannelsLastStep(newValue, value) { Shape = plan.StepOf(value)?.Shape ?? value, Note = "channels last in memory" });
            isLast.Add(newValue);
            changed[value] = newValue++;
        }
    }

    /// <summary>The channels that the first convolution of a step takes; 0 where it has none.</summary>
    private static long ConvolvedChannels(Step step) => step switch
    {
        NodeStep node => ConvolvedChannels(node.Uses[0]),
        ConvBatchNormStep fused => ConvolvedChannels(fused.Convolution.Uses[0]),
        _ => 0,
    };

    private static long ConvolvedChannels(GraphNode node) => node switch
    {
        LayerNode layer => layer.Kind.WantsChannelsLast ? layer.Input[0] : 0,
        ModuleNode module => ConvolvedChannels(module.Module),
        RepeatNode repeat => ConvolvedChannels(repeat.Modules[0]),
        _ => 0,
    };

    private static long ConvolvedChannels(ModuleGraph module) => module.Nodes.Select(ConvolvedChannels).FirstOrDefault(channels => channels > 0);

    private static bool IsImage(Step step) => step is NodeStep node && node.Uses[0].Output.Sizes.Count == ImageSizes;
}
