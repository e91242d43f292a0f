using System.Collections.Generic;
using System.Linq;
using ModelGen.Layers;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Images flow through the network with the channels of a pixel side by side in memory (PyTorch's channels_last): libtorch's convolutions need no
/// reordering then, and its pooling and batch norm compute several channels at once. Only the order in memory differs; every layer keeps it, or
/// undoes it where it must. A convolution of a single channel is slow in that order, so there the change comes behind it; fused with its batch norm
/// it gives the new order by itself. A module of the user's own gets the usual order, on which its code may count (Tensor.view does).
/// </summary>
internal sealed class ChannelsLast() : Pass("channels last")
{
    /// <summary>An image is [N, C, H, W]: so many sizes without the batch.</summary>
    private const int ImageSizes = 3;

    public override ForwardPlan Apply(ForwardPlan plan)
    {
        var steps = new List<Step>(plan.Steps.Count + 1);
        var changed = new Dictionary<int, int>();
        var isLast = new HashSet<int>();
        var newValue = plan.NewValue;
        foreach (var original in plan.Steps)
        {
            var step = original.Taking(changed);
            if (IsOwn(step) && IsLast(step.Sources[0]))
            {
                steps.Add(new ContiguousStep(newValue, step.Sources[0]) { Shape = ShapeOf(step.Sources[0]), Note = "for a module of your own" });
                step = step.Taking(new Dictionary<int, int> { [step.Sources[0]] = newValue++ });
            }

            // A block takes its input in the order in which the network gives it.
            var channels = plan.IsNetwork ? ConvolvedChannels(step) : 0;
            if (channels > 1 && !isLast.Contains(step.Sources[0]))
            {
                Change(step.Sources[0]);
                step = step.Taking(changed);
            }

            steps.Add(step);
            if (channels == 1 && step is not ConvBatchNormStep)
                Change(step.Value);
            else if (step is ConvBatchNormStep || (step.TakesAny(isLast) && IsImage(step) && !IsOwn(step)))
                isLast.Add(step.Value);
        }

        return newValue == plan.NewValue ? plan : plan.With(steps);

        bool IsLast(int value) => !plan.IsNetwork || isLast.Contains(value);

        int ShapeOf(int value) => plan.StepOf(value)?.Shape ?? value;

        void Change(int value)
        {
            steps.Add(new ChannelsLastStep(newValue, value) { Shape = ShapeOf(value), Note = "channels last in memory" });
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

    private static bool IsOwn(Step step) => step is NodeStep node && node.IsLayer(layer => layer.Kind is Custom && layer.Input.Sizes.Count == ImageSizes);

    private static bool IsImage(Step step) => step is NodeStep node && node.Uses[0].Output.Sizes.Count == ImageSizes;
}
