using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>The shape rules against TorchSharp itself: for any setting and any size, the inferred shape is the real one, or both refuse.</summary>
[Collection("Torch")]
public sealed class ShapeRuleTests
{
    private static readonly Gen<(long, long)> Kernel = ShapeRule.Pair(1, 5);
    private static readonly Gen<(long, long)> Step = ShapeRule.Pair(1, 4);
    private static readonly Gen<(long, long)> Pad = ShapeRule.Pair(0, 3);
    private static readonly Gen<(long, long)> Image = ShapeRule.Pair(1, 14);

    public ShapeRuleTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Conv2d() => Gen.Select(Image, Kernel, Step, Pad, ShapeRule.Pair(1, 3), Gen.Int[1, 3]).Sample((image, kernel, stride, padding, dilation, groups) => ShapeRule.AssertSame(
        [groups * 2, image.Item1, image.Item2],
        ShapeRule.Layer("conv2d", ("out_channels", SpecValue.Of(groups * 3)), ("kernel_size", ShapeRule.Of(kernel)), ("stride", ShapeRule.Of(stride)), ("padding", ShapeRule.Of(padding)), ("dilation", ShapeRule.Of(dilation)), ("groups", SpecValue.Of(groups))),
        () => nn.Conv2d(groups * 2, groups * 3, kernel, stride, padding, dilation, groups: groups)), iter: 1_000);

    [Fact]
    public void MaxPool2d() => Gen.Select(Image, Kernel, Step, Pad, ShapeRule.Pair(1, 3), Gen.Bool).Sample((image, kernel, stride, padding, dilation, ceil) => ShapeRule.AssertSame(
        [2, image.Item1, image.Item2],
        ShapeRule.Layer("max_pool2d", ("kernel_size", ShapeRule.Of(kernel)), ("stride", ShapeRule.Of(stride)), ("padding", ShapeRule.Of(padding)), ("dilation", ShapeRule.Of(dilation)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.MaxPool2d(kernel, stride, padding, dilation, ceil)), iter: 1_000);

    [Fact]
    public void AvgPool2d() => Gen.Select(Image, Kernel, Step, Pad, Gen.Bool).Sample((image, kernel, stride, padding, ceil) => ShapeRule.AssertSame(
        [2, image.Item1, image.Item2],
        ShapeRule.Layer("avg_pool2d", ("kernel_size", ShapeRule.Of(kernel)), ("stride", ShapeRule.Of(stride)), ("padding", ShapeRule.Of(padding)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.AvgPool2d(kernel, stride, padding, ceil)), iter: 1_000);

    [Fact]
    public void AdaptiveAvgPool2d() => Gen.Select(Image, Kernel).Sample((image, size) => ShapeRule.AssertSame(
        [2, image.Item1, image.Item2],
        ShapeRule.Layer("adaptive_avg_pool2d", ("output_size", ShapeRule.Of(size))),
        () => nn.AdaptiveAvgPool2d(size)), iter: 300);

    [Fact]
    public void Flatten() => Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[1, 5], Gen.Int[-5, 5]).Where((_, _, end) => end != 0).Sample((sizes, start, end) => ShapeRule.AssertSame(
        [.. sizes.Select(size => (long)size)],
        ShapeRule.Layer("flatten", ("start_dim", SpecValue.Of(start)), ("end_dim", SpecValue.Of(end))),
        () => nn.Flatten(start, end),
        // PyTorch would merge the batch too, or call one dimension none; a spec's shapes always keep their batch.
        refusedAlone: sizes.Length + 1 + end <= 0), iter: 500);

    [Fact]
    public void Softmax() => Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[-6, 6]).Sample((sizes, dim) => ShapeRule.AssertSame(
        [.. sizes.Select(size => (long)size)],
        ShapeRule.Layer("log_softmax", ("dim", SpecValue.Of(dim))),
        () => nn.LogSoftmax(dim),
        refusedAlone: dim == 0 || sizes.Length + 1 + dim == 0), iter: 300);
}
