using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AvgPool2d : LayerKind
{
    private static readonly Parameter<Size2> KernelSize = Parameter.Size("kernel_size", "The window's size", 1, positional: true);
    private static readonly Parameter<Size2> Stride = Parameter.Size("stride", "The step from one window to the next", 1, fallbackWords: "kernel_size");
    private static readonly Parameter<Size2> Padding = Parameter.Size("padding", "Zeros added on every side of the image; at most half of kernel_size", 0, 0);
    private static readonly Parameter<bool> CeilMode = Parameter.Flag("ceil_mode", "Keeps the incomplete windows at the end", false);
    private static readonly Parameter<bool> CountIncludePad = Parameter.Flag("count_include_pad", "Counts the padding's zeros in the average", true);

    public override string Keyword => "avg_pool2d";

    public override string AttributeName => "AvgPool2d";

    public override string Stem => "pool";

    public override string Doc => "The average under each window: [N, C, H, W] to [N, C, H', W'], where H' = floor((H + 2 padding - kernel_size) / stride) + 1, and W' likewise";

    public override IReadOnlyList<Parameter> Parameters { get; } = [KernelSize, Stride, Padding, CeilMode, CountIncludePad];

    public override Inference Infer(Settings settings, TensorShape input) => Pool.Infer(WindowOf(settings), input, KernelSize, Padding);

    public override Inference? Remark(Settings settings, TensorShape input) => Pool.Remark(WindowOf(settings), input, Stride, CeilMode);

    public override IEnumerable<string?> TorchArguments(Settings settings, TensorShape input) =>
        [.. Pool.TorchArguments(WindowOf(settings)), settings.Get(CountIncludePad) ? null : "count_include_pad: false"];

    private static Window WindowOf(Settings settings) => new(
        settings.Get(KernelSize),
        settings.Has(Stride) ? settings.Get(Stride) : settings.Get(KernelSize),
        settings.Get(Padding),
        Window.One,
        settings.Get(CeilMode));
}
