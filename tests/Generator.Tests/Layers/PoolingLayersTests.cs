using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Pools over signals and volumes, p-norm pools, adaptive and global ones.</summary>
[Collection("Torch")]
public sealed class PoolingLayersTests : ILayerFamily
{
    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            "[2, 40]",
            "MaxPool1d(3, Stride = 2, Padding = 1, Dilation = 2, CeilMode = true), AvgPool1d(4, Stride = 2, Padding = 2, CeilMode = true, CountIncludePad = false), LPPool1d(1.5, 2, Stride = 1, CeilMode = true), AdaptiveMaxPool1d(5), AdaptiveAvgPool1d(3), GlobalAvgPool",
            """{ "max_pool1d": 3, "stride": 2, "padding": 1, "dilation": 2, "ceil_mode": true }, { "avg_pool1d": 4, "stride": 2, "padding": 2, "ceil_mode": true, "count_include_pad": false }, { "lp_pool1d": 1.5, "kernel_size": 2, "stride": 1, "ceil_mode": true }, { "adaptive_max_pool1d": 5 }, { "adaptive_avg_pool1d": 3 }, "global_avg_pool" """
        ),
        (
            "[2, 9, 12, 15]",
            "MaxPool3d([3, 2, 2], Strides = [2, 1, 2], Paddings = [1, 0, 1], Dilations = [1, 2, 1], CeilMode = true), AvgPool3d([2, 3, 2], Stride = 2, Paddings = [1, 1, 0], CeilMode = true, CountIncludePad = false), GlobalMaxPool",
            """{ "max_pool3d": [3, 2, 2], "stride": [2, 1, 2], "padding": [1, 0, 1], "dilation": [1, 2, 1], "ceil_mode": true }, { "avg_pool3d": [2, 3, 2], "stride": 2, "padding": [1, 1, 0], "ceil_mode": true, "count_include_pad": false }, "global_max_pool" """
        ),
        (
            "[2, 20, 30]",
            "LPPool2d(2, [2, 3], CeilMode = true), LPPool2d(3, 2, Strides = [1, 2]), LPPool2d(1, 2), AdaptiveMaxPool2d([4, 5]), AdaptiveMaxPool2d(2)",
            """{ "lp_pool2d": 2, "kernel_size": [2, 3], "ceil_mode": true }, { "lp_pool2d": 3, "kernel_size": 2, "stride": [1, 2] }, { "lp_pool2d": 1, "kernel_size": 2 }, { "adaptive_max_pool2d": [4, 5] }, { "adaptive_max_pool2d": 2 }"""
        ),
    ];

    private static readonly Gen<long> Length = Gen.Long[1, 14];
    private static readonly Gen<long> Kernel = Gen.Long[1, 5];
    private static readonly Gen<(long, long, long)> Kernels = Gen.Select(Gen.Long[1, 3], Gen.Long[1, 3], Gen.Long[1, 3]);
    private static readonly Gen<(long, long, long)> Pads = Gen.Select(Gen.Long[0, 2], Gen.Long[0, 2], Gen.Long[0, 2]);

    public PoolingLayersTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void MaxPool1d() => Gen.Select(Length, Kernel, Gen.Long[1, 4], Gen.Long[0, 3], Gen.Long[1, 3], Gen.Bool).Sample((length, kernel, stride, padding, dilation, ceil) => ShapeRule.AssertSame(
        [2, length],
        ShapeRule.Layer("max_pool1d", ("kernel_size", SpecValue.Of(kernel)), ("stride", SpecValue.Of(stride)), ("padding", SpecValue.Of(padding)), ("dilation", SpecValue.Of(dilation)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.MaxPool1d(kernel, stride, padding, dilation, ceil)), iter: 500);

    [Fact]
    public void AvgPool1d() => Gen.Select(Length, Kernel, Gen.Long[1, 4], Gen.Long[0, 3], Gen.Bool).Sample((length, kernel, stride, padding, ceil) => ShapeRule.AssertSame(
        [2, length],
        ShapeRule.Layer("avg_pool1d", ("kernel_size", SpecValue.Of(kernel)), ("stride", SpecValue.Of(stride)), ("padding", SpecValue.Of(padding)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.AvgPool1d(kernel, stride, padding, ceil)), iter: 500);

    [Fact]
    public void MaxPool3d() => Gen.Select(Gen.Select(Gen.Long[1, 6], Gen.Long[1, 6], Gen.Long[1, 6]), Kernels, Kernels, Pads, Kernels, Gen.Bool).Sample((volume, kernel, stride, padding, dilation, ceil) => ShapeRule.AssertSame(
        [2, volume.Item1, volume.Item2, volume.Item3],
        ShapeRule.Layer("max_pool3d", ("kernel_size", Of(kernel)), ("stride", Of(stride)), ("padding", Of(padding)), ("dilation", Of(dilation)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.MaxPool3d(kernel, stride, padding, dilation, ceil)), iter: 500);

    [Fact]
    public void AvgPool3d() => Gen.Select(Gen.Select(Gen.Long[1, 6], Gen.Long[1, 6], Gen.Long[1, 6]), Kernels, Kernels, Pads, Gen.Bool).Sample((volume, kernel, stride, padding, ceil) => ShapeRule.AssertSame(
        [2, volume.Item1, volume.Item2, volume.Item3],
        ShapeRule.Layer("avg_pool3d", ("kernel_size", Of(kernel)), ("stride", Of(stride)), ("padding", Of(padding)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.AvgPool3d(kernel, stride, padding, ceil)), iter: 500);

    [Fact]
    public void LPPool1d() => Gen.Select(Length, Kernel, Gen.Long[1, 4], Gen.Bool).Sample((length, kernel, stride, ceil) => ShapeRule.AssertSame(
        [2, length],
        ShapeRule.Layer("lp_pool1d", ("norm_type", SpecValue.Of(2)), ("kernel_size", SpecValue.Of(kernel)), ("stride", SpecValue.Of(stride)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.LPPool1d(2, kernel, stride, ceil)), iter: 300);

    [Fact]
    public void LPPool2d() => Gen.Select(ShapeRule.Pair(1, 14), ShapeRule.Pair(1, 5), ShapeRule.Pair(1, 4), Gen.Bool).Sample((image, kernel, stride, ceil) => ShapeRule.AssertSame(
        [2, image.Item1, image.Item2],
        ShapeRule.Layer("lp_pool2d", ("norm_type", SpecValue.Of(1)), ("kernel_size", ShapeRule.Of(kernel)), ("stride", ShapeRule.Of(stride)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.LPPool2d(1, [kernel.Item1, kernel.Item2], [stride.Item1, stride.Item2], ceil)), iter: 300);

    [Fact]
    public void Adaptive_pools() => Gen.Select(Gen.Long[1, 5].Array[1, 4], ShapeRule.Pair(1, 6)).Sample((sizes, size) =>
    {
        // Of two dimensions PyTorch takes the first for channels, and of three for channels too: a spec always has a batch.
        ShapeRule.AssertSame(sizes, ShapeRule.Layer("adaptive_avg_pool1d", ("output_size", SpecValue.Of(size.Item1))), () => nn.AdaptiveAvgPool1d(size.Item1), refusedAlone: sizes.Length == 1);
        ShapeRule.AssertSame(sizes, ShapeRule.Layer("adaptive_max_pool1d", ("output_size", SpecValue.Of(size.Item1))), () => nn.AdaptiveMaxPool1d(size.Item1), refusedAlone: sizes.Length == 1);
        ShapeRule.AssertSame(sizes, ShapeRule.Layer("adaptive_max_pool2d", ("output_size", ShapeRule.Of(size))), () => nn.AdaptiveMaxPool2d([size.Item1, size.Item2]), refusedAlone: sizes.Length == 2);
    }, iter: 200);

    [Fact]
    public void Global_pools_leave_one_value_of_each_channel() => Gen.Long[1, 4].Array[2, 4].Sample(sizes =>
    {
        ShapeRule.AssertGives(sizes, ShapeRule.Layer("global_avg_pool"), () => sizes, (_, value) => value.flatten(2).mean([2]));
        ShapeRule.AssertGives(sizes, ShapeRule.Layer("global_max_pool"), () => sizes, (_, value) => value.flatten(2).amax([2]));
    }, iter: 50);

    [Theory]
    [InlineData("[6]", "\"global_avg_pool\"", "takes [N, C, L], [N, C, H, W] or [N, C, D, H, W], but receives")]
    [InlineData("[2, 4, 4]", """{ "lp_pool2d": 2, "kernel_size": 5 }""", "a window of 5 does not fit into 4 rows: floor((4 - 5) / 5) + 1 = 0. Write kernel_size 4")]
    [InlineData("[2, 4, 4, 4]", """{ "avg_pool3d": [5, 3, 3], "padding": 1 }""", "kernel_size [5, 3, 3] is larger than the volume 4, which PyTorch does not average even with padding. Write kernel_size [4, 3, 3]")]
    [InlineData("[2, 4]", """{ "max_pool1d": 3, "padding": 2 }""", "padding 2, more than half of kernel_size 3")]
    public void What_does_not_fit_is_said(string input, string layers, string said) => ShapeRule.AssertSays(input, layers, said);

    [PythonFact]
    public void PyTorch_computes_the_same() => PyTorchLayers.AssertSame(
        ("[2, 12]", """{ "lp_pool1d": 1.5, "kernel_size": 2, "ceil_mode": true }""", "nn.LPPool1d(1.5, 2, ceil_mode=True)"),
        ("[2, 9, 10]", """{ "lp_pool2d": 3, "kernel_size": [2, 3], "stride": [1, 2] }""", "nn.LPPool2d(3, (2, 3), stride=(1, 2))"),
        ("[2, 12]", """{ "avg_pool1d": 4, "stride": 3, "padding": 2, "ceil_mode": true, "count_include_pad": false }""", "nn.AvgPool1d(4, 3, 2, True, False)"),
        ("[2, 12]", """{ "max_pool1d": 3, "stride": 1, "padding": 1, "dilation": 2, "ceil_mode": true }""", "nn.MaxPool1d(3, 1, 1, 2, ceil_mode=True)"),
        ("[2, 5, 6, 7]", """{ "avg_pool3d": [2, 3, 2], "stride": 2, "padding": [1, 1, 0], "ceil_mode": true, "count_include_pad": false }""", "nn.AvgPool3d((2, 3, 2), 2, (1, 1, 0), True, False)"),
        ("[2, 7, 8]", """{ "adaptive_max_pool2d": [3, 5] }""", "nn.AdaptiveMaxPool2d((3, 5))"),
        ("[2, 7, 8]", "\"global_max_pool\"", "on(nn.Identity(), lambda _, x: x.flatten(2).max(2).values)"),
        ("[2, 7, 8]", "\"global_avg_pool\"", "on(nn.AdaptiveAvgPool2d(1), lambda pool, x: pool(x).flatten(1))"));

    private static SpecValue Of((long, long, long) size) => ShapeRule.List(size.Item1, size.Item2, size.Item3);
}
