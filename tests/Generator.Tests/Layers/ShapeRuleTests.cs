using CsCheck;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>The shape rules against TorchSharp itself: for any setting and any size, the inferred shape is the real one, or both refuse.</summary>
[Collection("Torch")]
public sealed class ShapeRuleTests
{
    private static readonly Gen<(long, long)> Kernel = Pair(1, 5);
    private static readonly Gen<(long, long)> Step = Pair(1, 4);
    private static readonly Gen<(long, long)> Pad = Pair(0, 3);
    private static readonly Gen<(long, long)> Image = Pair(1, 14);

    public ShapeRuleTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Conv2d() => Gen.Select(Image, Kernel, Step, Pad, Pair(1, 3), Gen.Int[1, 3]).Sample((image, kernel, stride, padding, dilation, groups) => AssertSame(
        [groups * 2, image.Item1, image.Item2],
        Layer("conv2d", ("out_channels", SpecValue.Of(groups * 3)), ("kernel_size", Of(kernel)), ("stride", Of(stride)), ("padding", Of(padding)), ("dilation", Of(dilation)), ("groups", SpecValue.Of(groups))),
        () => nn.Conv2d(groups * 2, groups * 3, kernel, stride, padding, dilation, groups: groups)), iter: 1_000);

    [Fact]
    public void MaxPool2d() => Gen.Select(Image, Kernel, Step, Pad, Pair(1, 3), Gen.Bool).Sample((image, kernel, stride, padding, dilation, ceil) => AssertSame(
        [2, image.Item1, image.Item2],
        Layer("max_pool2d", ("kernel_size", Of(kernel)), ("stride", Of(stride)), ("padding", Of(padding)), ("dilation", Of(dilation)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.MaxPool2d(kernel, stride, padding, dilation, ceil)), iter: 1_000);

    [Fact]
    public void AvgPool2d() => Gen.Select(Image, Kernel, Step, Pad, Gen.Bool).Sample((image, kernel, stride, padding, ceil) => AssertSame(
        [2, image.Item1, image.Item2],
        Layer("avg_pool2d", ("kernel_size", Of(kernel)), ("stride", Of(stride)), ("padding", Of(padding)), ("ceil_mode", SpecValue.Of(ceil))),
        () => nn.AvgPool2d(kernel, stride, padding, ceil)), iter: 1_000);

    [Fact]
    public void AdaptiveAvgPool2d() => Gen.Select(Image, Kernel).Sample((image, size) => AssertSame(
        [2, image.Item1, image.Item2],
        Layer("adaptive_avg_pool2d", ("output_size", Of(size))),
        () => nn.AdaptiveAvgPool2d(size)), iter: 300);

    [Fact]
    public void Flatten() => Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[1, 5], Gen.Int[-5, 5]).Where((_, _, end) => end != 0).Sample((sizes, start, end) => AssertSame(
        [.. sizes.Select(size => (long)size)],
        Layer("flatten", ("start_dim", SpecValue.Of(start)), ("end_dim", SpecValue.Of(end))),
        () => nn.Flatten(start, end),
        // PyTorch would merge the batch too, or call one dimension none; a spec's shapes always keep their batch.
        refusedAlone: sizes.Length + 1 + end <= 0), iter: 500);

    [Fact]
    public void Softmax() => Gen.Select(Gen.Int[1, 5].Array[1, 4], Gen.Int[-6, 6]).Sample((sizes, dim) => AssertSame(
        [.. sizes.Select(size => (long)size)],
        Layer("log_softmax", ("dim", SpecValue.Of(dim))),
        () => nn.LogSoftmax(dim),
        refusedAlone: dim == 0 || sizes.Length + 1 + dim == 0), iter: 300);

    private static void AssertSame(long[] input, SectionSpec layer, Func<nn.Module<Tensor, Tensor>> create, bool refusedAlone = false)
    {
        var spec = new ModelSpec("Net.model.json", "", default, "Net", "public", SpecValue.Of(EquatableArray<SpecValue>.Of(input.Select(SpecValue.Of))), EquatableArray<SectionSpec>.Of([layer]), null, null, null, IsSound: true, IsWritable: true);
        var (graph, _, _, findings) = ModelChecker.Check(spec);
        using var scope = NewDisposeScope();
        try
        {
            using var module = create();
            var output = module.call(zeros([2, .. input]));
            if (refusedAlone)
                Assert.Null(graph);
            else
                Assert.Equal(output.shape, (long[])[2, .. graph?.Output.Sizes ?? throw new InvalidOperationException($"TorchSharp takes what the checker refuses: {findings[0].Message}")]);
        }
        catch (Exception refusal) when (refusal is System.Runtime.InteropServices.ExternalException or ArgumentException)
        {
            Assert.True(graph is null, $"TorchSharp refuses what the checker takes: {refusal.Message}");
        }
    }

    private static Gen<(long, long)> Pair(int min, int max) => Gen.Select(Gen.Long[min, max], Gen.Long[min, max]);

    private static SpecValue Of((long Height, long Width) size) => SpecValue.Of(EquatableArray<SpecValue>.Of([SpecValue.Of(size.Height), SpecValue.Of(size.Width)]));

    private static SectionSpec Layer(string keyword, params (string Name, SpecValue Value)[] settings) =>
        new(keyword, EquatableArray<SettingSpec>.Of(settings.Select(setting => new SettingSpec(setting.Name, setting.Value))));
}
