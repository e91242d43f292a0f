using System.Collections.Generic;
using System.Globalization;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Flatten : LayerKind
{
    private static readonly Parameter<long> StartDim = Parameter.Integer("start_dim", "The first dimension to merge, where 0 is the batch", 1, 1, positional: true);
    private static readonly Parameter<long> EndDim = Parameter.Integer(
        "end_dim", "The last dimension to merge, where -1 is the last one", int.MinValue, -1, positional: true);

    public override string Keyword => "flatten";

    public override string AttributeName => "Flatten";

    public override string Stem => "flatten";

    public override string Doc => "Merges the dimensions from start_dim to end_dim into one: [N, C, H, W] to [N, C H W]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [StartDim, EndDim];

    public override string Participle => "flattened";

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var start = settings.Get(StartDim);
        var end = settings.Get(EndDim) < 0 ? settings.Get(EndDim) + input.Rank : settings.Get(EndDim);
        if (start >= input.Rank)
            return OutOfRange(StartDim, start, input);
        if (end >= input.Rank || end < 1)
            return OutOfRange(EndDim, settings.Get(EndDim), input);
        if (end < start)
            return OutOfRange(EndDim, settings.Get(EndDim), input, string.Format(
                CultureInfo.InvariantCulture, ", and end_dim does not stand before start_dim {0}", start));

        // Dimension d stands at d - 1, because a shape does not hold its batch.
        var first = (int)start - 1;
        var count = (int)(end - start) + 1;
        var sizes = new long[input.Sizes.Count - count + 1];
        for (var i = 0; i < sizes.Length; i++)
            sizes[i] = input[i <= first ? i : i + count - 1];
        for (var i = 1; i < count; i++)
            sizes[first] = checked(sizes[first] * input[first + i]);
        return input with { Sizes = EquatableArray<long>.Of(sizes) };
    }

    public override bool TakesAny => true;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Named("start_dim", StartDim, settings), Argument.Named("end_dim", EndDim, settings)];

    /// <summary>An image lies with its channels last, and is flattened with its channels first.</summary>
    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => inputs[0] switch
    {
        { Rank: 4 } image when image[1] * image[2] > 1 && image[0] > 1 =>
            output.Rank == 2
                ? Kernel.OfImage("Flatten", KernelForm.Plain, image) with { Reads = KernelReads.Nothing }
                : MemoryOrder.Reshape(image, output),
        _ => Kernel.Alias,
    };

    private static Inference OutOfRange(Parameter parameter, long dimension, TensorShape input, string more = "") =>
        Inference.NoDimension(parameter, dimension, input, more) with { Fixes = [Fix.Of($"remove {parameter.Name}", new SetLayerSetting(parameter.Name, null))] };

    public override string Onnx(OnnxLayer layer) => layer.Output.Rank == 2 && layer.Get(StartDim) == 1
        ? layer.Add("Flatten", layer.Input)
        : layer.Reshaped(layer.Input, [.. layer.Output.Sizes]);
}
