using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What pooling layers share: the channels stay, and the padding may not exceed half of the window.</summary>
internal abstract class Pooling : LayerKind
{
    protected Pooling(int directions, string padding)
    {
        Directions = directions;
        KernelSize = Parameter.Size("kernel_size", "The window's size", 1, positional: true, directions: directions);
        Stride = Parameter.Size("stride", "The step from one window to the next", 1, fallbackWords: "kernel_size", directions: directions);
        Padding = Parameter.Size("padding", padding + "; at most half of kernel_size", 0, 0, directions: directions);
        CeilMode = Parameter.Flag("ceil_mode", "Keeps the incomplete windows at the end", false);
    }

    public override string Stem => "pool";

    protected int Directions { get; }

    protected Parameter<Size> KernelSize { get; }

    protected Parameter<Size> Stride { get; }

    protected Parameter<Size> Padding { get; }

    protected Parameter<bool> CeilMode { get; }

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != Directions + 2)
            return Inference.WrongRank(Layers.Window.Taken(Directions));
        var window = WindowOf(settings);
        if (IsPaddedByHalf(window))
        {
            var slid = window.Slide(input, input[0], KernelSize, Padding);
            // Of one value there is nothing to pool: a smaller window would do nothing.
            return slid.Shape is null && input.Sizes.Skip(1).All(size => size == 1) ? slid with { Fixes = [Fix.Of("remove it", new RemoveLayer(default))] } : slid;
        }

        var most = new Size(EquatableArray<long>.Of(window.Kernel.Values.Select(size => size / 2)));
        return Inference.Broken(Rules.PaddingTooLarge, Padding, window.Padding.ToString(), window.Kernel.ToString()) with
        {
            Fixes = [Fix.Of($"write padding {window.Padding.Min(most)}", new SetLayerSetting(Padding.Name, window.Padding.Min(most).ToSpec()))],
        };
    }

    private static bool IsPaddedByHalf(Window window)
    {
        for (var i = 0; i < window.Directions; i++)
        {
            if (window.Padding[i] > window.Kernel[i] / 2)
                return false;
        }

        return true;
    }

    /// <summary>Rows or columns that no window reaches; rounding up reaches them.</summary>
    public override Inference? Remark(Settings settings, TensorShape input) =>
        WindowOf(settings).Remark(input, Stride) is { } remark
            ? remark with { Fixes = [Fix.Of($"set {CeilMode.Name}", new SetLayerSetting(CeilMode.Name, SpecValue.Of(true)))] }
            : null;

    /// <summary>A pool that is padded as if its size should stay was most likely to have stride 1; without it the stride is the window's size.</summary>
    public override IEnumerable<SetLayerSetting> Resizes(Settings settings, bool[] differs)
    {
        var window = WindowOf(settings);
        var isWide = window.Padding.Values.Zip(window.Kernel.Values, (padding, kernel) => kernel > 1 && padding == kernel / 2).All(wide => wide);
        if (!settings.Has(Stride) && isWide)
            yield return new SetLayerSetting(Stride.Name, SpecValue.Of(1));
    }

    public override Window? Window(Settings settings) => WindowOf(settings);

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var window = WindowOf(settings);
        return
        [
            Argument.Of("kernel_size", window.Kernel),
            Argument.Named("stride", window.Stride, window.Kernel),
            Argument.Named("padding", window.Padding, Padding.Value),
        ];
    }

    protected virtual Size DilationOf(Settings settings) => Size.Uniform(1, Directions);

    protected Window WindowOf(Settings settings) => new(
        settings.Get(KernelSize),
        settings.Has(Stride) ? settings.Get(Stride) : settings.Get(KernelSize),
        settings.Get(Padding),
        DilationOf(settings),
        settings.Get(CeilMode));

    /// <summary>ONNX: what every pool is told.</summary>
    protected (string Name, object Value)[] OnnxWindow(OnnxLayer layer)
    {
        var window = WindowOf(layer.Settings);
        return
        [
            ("kernel_shape", window.Kernel.Values.ToArray()),
            ("strides", window.Stride.Values.ToArray()),
            ("pads", (long[])[.. window.Padding.Values, .. window.Padding.Values]),
            ("ceil_mode", window.CeilMode ? 1L : 0L),
        ];
    }
}

/// <summary>The largest value under each window.</summary>
internal abstract class MaxPooling : Pooling
{
    private readonly Parameter<Size> _dilation;

    protected MaxPooling(int directions)
        : base(directions, "Values added on every side, which never win")
    {
        _dilation = Parameter.Size("dilation", "The distance between neighbouring values under the window", 1, 1, directions: directions);
        Parameters = [KernelSize, Stride, Padding, _dilation, CeilMode];
    }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override bool TakesMaximum => true;

    public override bool OutputMayBeOverwritten => true;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        inputs[0].Rank == 4
            ? new Kernel("MaxPool2d", KernelForm.Plain, [.. WindowOf(settings).OfPool(inputs[0], output)])
            { Reads = KernelReads.Both, Tiling = Tiling(settings) }
            : null;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        .. base.TorchArguments(settings, input),
        Argument.Named("dilation", _dilation, settings),
        Argument.Named("ceil_mode", CeilMode, settings),
    ];

    protected override Size DilationOf(Settings settings) => settings.Get(_dilation);

    private long? Tiling(Settings settings)
    {
        var window = WindowOf(settings);
        return window.Kernel.IsUniform && window.Stride == window.Kernel && window.Padding.IsAll(0) && window.Dilation.IsAll(1) && !window.CeilMode
            ? window.Kernel[0]
            : null;
    }

    public override string Onnx(OnnxLayer layer) =>
        layer.Add("MaxPool", [layer.Input], [.. OnnxWindow(layer), ("dilations", layer.Get(_dilation).Values.ToArray())]);
}

/// <summary>The average under each window.</summary>
internal abstract class AveragePooling : Pooling
{
    private readonly Parameter<bool> _countIncludePad = Parameter.Flag("count_include_pad", "Counts the padding's zeros in the average", true);

    protected AveragePooling(int directions)
        : base(directions, "Zeros added on every side")
    {
        Parameters = [KernelSize, Stride, Padding, CeilMode, _countIncludePad];
    }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override bool OutputMayBeOverwritten => true;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => inputs[0].Rank == 4
        ? new Kernel(
            "AvgPool2d", KernelForm.Plain,
            [
                .. WindowOf(settings).OfPool(inputs[0], output),
                .. settings.Get(_countIncludePad) ? Enumerable.Empty<(string, object)>() : [("CountsPadding", false)]
            ])
        { Reads = KernelReads.Nothing }
        : null;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        .. base.TorchArguments(settings, input),
        Argument.Named("ceil_mode", CeilMode, settings),
        Argument.Named("count_include_pad", _countIncludePad, settings),
    ];

    public override string Onnx(OnnxLayer layer) =>
        layer.Add("AveragePool", [layer.Input], [.. OnnxWindow(layer), ("count_include_pad", layer.Get(_countIncludePad) ? 1L : 0L)]);
}
