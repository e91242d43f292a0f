using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>
/// Images flow through the network with the channels of a pixel side by side in memory (PyTorch's channels_last): libtorch's convolutions need no
/// reordering then, and its pooling and batch norm compute several channels at once. Only the order in memory differs; every layer keeps it, or
/// undoes it where it must. A convolution of a single channel is slow in that order, so there the change comes behind it; fused with its batch norm
/// it gives the new order by itself. Code of the user's may count on the usual order (Tensor.view does): a module of their own gets it, and so
/// does who takes the network's outputs.
/// </summary>
internal sealed class ChannelsLast() : Pass("channels last")
{
    /// <summary>An image is [N, C, H, W]: so many sizes without the batch.</summary>
    private const int ImageSizes = 3;

    public override ForwardPlan Apply(ForwardPlan plan)
    {
        var steps = new List<Step>(plan.Steps.Count + 2);
        var changed = plan.Values(); // by value the same in the new order
        // A step adds one value at most, and so does an output.
        var most = plan.NewValue + plan.Steps.Count + plan.Outputs.Count;
        var isLast = new bool[most]; // images in the new order
        var isOther = new bool[most]; // these, and what may be a view of one in another shape
        var newValue = plan.NewValue;
        // A block takes its input in the order in which the network gives it.
        for (var input = 0; !plan.IsNetwork && input < plan.Inputs; input++)
        {
            if (IsImage(input))
                isOther[input] = true;
        }

        for (var i = 0; i < plan.Steps.Count; i++)
        {
            var original = plan.Steps[i];
            var step = original.Taking(changed);
            var isOwn = IsOwn(step);
            if (isOwn && isOther[step.Sources[0]])
                step = TakingContiguous(step);
            var channels = plan.IsNetwork ? ConvolvedChannels(step) : 0;
            if (channels > 1 && IsImage(step.Sources[0]) && !isLast[step.Sources[0]])
            {
                Change(step.Sources[0]);
                step = step.Taking(changed);
            }

            steps.Add(step);
            // A row of numbers has only one order.
            if (!isOwn && (step is ConvBatchNormStep || step.TakesAny(isOther)) && plan.ShapeOf(step.Value).Sizes.Count > 1)
                isOther[step.Value] = true;
            if (step is ConvBatchNormStep || (!isOwn && step.TakesAny(isLast) && IsImage(step.Value)))
                isLast[step.Value] = true;
            else if (channels == 1 && IsImage(step.Value) && IsTaken(plan, original.Value))
                Change(step.Value);
        }

        var outputs = plan.Outputs.Select(output => plan.IsNetwork && isOther[output] && plan.StepOf(output) is not null
            ? Contiguous(output, "in the usual order")
            : output).ToArray();
        return newValue == plan.NewValue ? plan : plan.With(steps, outputs);

        bool IsImage(int value) => plan.ShapeOf(Old(value)).Sizes.Count == ImageSizes;

        // What a value of this pass was made of.
        int Old(int value) => value < changed.Length ? value : Array.IndexOf(changed, value);

        Step TakingContiguous(Step step)
        {
            var (taken, contiguous) = (step.Sources[0], Contiguous(step.Sources[0], "for a module of your own"));
            return step with { Sources = [.. step.Sources.Select(source => source == taken ? contiguous : source)] };
        }

        int Contiguous(int value, string note)
        {
            steps.Add(new ContiguousStep(newValue, value) { Shape = ShapeOf(value), Note = note });
            return newValue++;
        }

        int ShapeOf(int value) => plan.StepOf(Old(value))?.Shape ?? Old(value);

        void Change(int value)
        {
            steps.Add(new ChannelsLastStep(newValue, value) { Shape = ShapeOf(value), Note = "channels last in memory" });
            isLast[newValue] = true;
            isOther[newValue] = true;
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

    private static bool IsTaken(ForwardPlan plan, int value)
    {
        for (var i = 0; i < plan.Steps.Count; i++)
        {
            if (plan.Steps[i].Sources.Contains(value))
                return true;
        }

        return false;
    }

    private static bool IsOwn(Step step) => step is NodeStep node && node.IsLayer(layer => layer.Kind.IsOwn);
}
