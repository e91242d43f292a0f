using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AdaptiveAvgPool2d : LayerKind
{
    private static readonly Parameter<Size> OutputSize = Parameter.Size("output_size", "The output's height and width", 1, positional: true);

    public override string Keyword => "adaptive_avg_pool2d";

    public override string AttributeName => "AdaptiveAvgPool2d";

    public override string Stem => "pool";

    public override string Doc => "Averages over windows sized so that the output is output_size: [N, C, H, W] to [N, C, H', W']";

    public override IReadOnlyList<Parameter> Parameters { get; } = [OutputSize];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank == 4
        ? TensorShape.Of(input[0], settings.Get(OutputSize)[0], settings.Get(OutputSize)[1])
        : Inference.WrongRank("[N, C, H, W]");

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        // One window is the whole image: the mean needs no windows.
        return settings.Get(OutputSize).IsAll(1)
            ? new Kernel("Mean", KernelForm.Plain, MemoryOrder.Around(inputs[0], [1, 2])!)
            { Interface = "IReduction", Reads = KernelReads.Nothing }
            : Kernel.OfImage("AdaptiveAvgPool2d", KernelForm.Plain, inputs[0], ("OutHeight", output[1]), ("OutWidth", output[2])) with
            { Interface = "IAdaptivePool2d", Reads = KernelReads.Nothing };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("output_size", settings.Get(OutputSize))];

    public override bool SeesAll => true;

    public override string Onnx(OnnxLayer layer) => AdaptivePooling.OnnxAverage(layer, layer.Get(OutputSize));
}
