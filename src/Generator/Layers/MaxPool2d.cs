using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class MaxPool2d : LayerKind
{
    private static readonly Parameter<Size2> KernelSize = Parameter.Size("kernel_size", "The window's size", 1, positional: true);
    private static readonly Parameter<Size2> Stride = Parameter.Size("stride", "The step from one window to the next", 1, fallbackWords: "kernel_size");
    private static readonly Parameter<Size2> Padding = Parameter.Size("padding", "Negative infinities added on every side of the image; at most half of kernel_size", 0, 0);
    private static readonly Parameter<Size2> Dilation = Parameter.Size("dilation", "The distance between neighbouring values under the window", 1, 1);
    private static readonly Parameter<bool> CeilMode = Parameter.Flag("ceil_mode", "Keeps the incomplete windows at the end", false);

    public override string Keyword => "max_pool2d";

    public override string AttributeName => "MaxPool2d";

    public override string Stem => "pool";

    public override string Doc => "The largest value under each window: [N, C, H, W] to [N, C, H', W'], where H' = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and W' likewise";

    public override IReadOnlyList<Parameter> Parameters { get; } = [KernelSize, Stride, Padding, Dilation, CeilMode];

    public override Inference Infer(Settings settings, TensorShape input) => Pool.Infer(WindowOf(settings), input, KernelSize, Padding);

    public override Inference? Remark(Settings settings, TensorShape input) => Pool.Remark(WindowOf(settings), input, Stride, CeilMode);

    public override IEnumerable<string?> TorchArguments(Settings settings, TensorShape input) => Pool.TorchArguments(WindowOf(settings));

    private static Window WindowOf(Settings settings) => new(
        settings.Get(KernelSize),
        settings.Has(Stride) ? settings.Get(Stride) : settings.Get(KernelSize),
        settings.Get(Padding),
        settings.Get(Dilation),
        settings.Get(CeilMode));
}
