using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Transposed convolutions, depthwise ones, and the bilinear layer.</summary>
[Collection("Torch")]
public sealed class ConvolutionLayersTests : ILayerFamily
{
    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            "[4, 9]",
            "ConvTranspose1d(6, 3, InChannels = 4, Stride = 3, Padding = 1, OutputPadding = 2, Dilation = 2, Groups = 2, Bias = false)",
            """{ "conv_transpose1d": 6, "kernel_size": 3, "in_channels": 4, "stride": 3, "padding": 1, "output_padding": 2, "dilation": 2, "groups": 2, "bias": false }"""
        ),
        (
            "[4, 5, 7]",
            "ConvTranspose2d(6, [3, 2], InChannels = 4, Strides = [3, 2], Paddings = [1, 2], OutputPaddings = [2, 1], Dilations = [2, 3], Groups = 2, Bias = false), ConvTranspose2d(3, 2, Stride = 2)",
            """{ "conv_transpose2d": 6, "kernel_size": [3, 2], "in_channels": 4, "stride": [3, 2], "padding": [1, 2], "output_padding": [2, 1], "dilation": [2, 3], "groups": 2, "bias": false }, { "conv_transpose2d": 3, "kernel_size": 2, "stride": 2 }"""
        ),
        (
            "[3, 9, 7]",
            "DepthwiseConv2d([3, 5], InChannels = 3, Stride = 2, Paddings = [2, 4], Dilation = 2, Bias = false, PaddingMode = \"reflect\", Multiplier = 2), DepthwiseConv2d(3, PaddingSame = true)",
            """{ "depthwise_conv2d": [3, 5], "in_channels": 3, "stride": 2, "padding": [2, 4], "dilation": 2, "bias": false, "padding_mode": "reflect", "multiplier": 2 }, { "depthwise_conv2d": 3, "padding": "same" }"""
        ),
        (
            "[4, 6]",
            "Linear(5, Name = \"wide\"), ReLU, Bilinear(3, \"input\", In1Features = 5, In2Features = 6, Bias = false), Flatten, Bilinear(2, \"flatten1\")",
            """{ "linear": 5, "name": "wide" }, "relu", { "bilinear": 3, "with": "input", "in1_features": 5, "in2_features": 6, "bias": false }, "flatten", { "bilinear": 2, "with": "flatten1" }"""
        ),
    ];

    private static readonly Gen<(long, long)> Pair = ShapeRule.Pair(1, 4);
    private static readonly Gen<(long, long)> Pad = ShapeRule.Pair(0, 3);

    public ConvolutionLayersTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void ConvTranspose1d() => Gen.Select(Gen.Long[1, 6], Gen.Long[1, 4], Gen.Long[1, 4], Gen.Long[0, 4], Gen.Long[0, 3], Gen.Select(Gen.Long[1, 3], Gen.Long[1, 3])).Sample((length, kernel, stride, padding, added, rest) => ShapeRule.AssertSame(
        [rest.Item2 * 2, length],
        ShapeRule.Layer("conv_transpose1d", ("out_channels", SpecValue.Of(rest.Item2)), ("kernel_size", SpecValue.Of(kernel)), ("stride", SpecValue.Of(stride)), ("padding", SpecValue.Of(padding)), ("output_padding", SpecValue.Of(added)), ("dilation", SpecValue.Of(rest.Item1)), ("groups", SpecValue.Of(rest.Item2))),
        () => IsEmpty(length, kernel, stride, padding, added, rest.Item1) ? throw new ArgumentException("oneDNN would end the process.") : nn.ConvTranspose1d(rest.Item2 * 2, rest.Item2, kernel, stride, padding, added, rest.Item1, groups: rest.Item2)), iter: 500);

    [Fact]
    public void ConvTranspose2d() => Gen.Select(Pair, Pair, Pair, Pad, Pad, Gen.Select(Pair, Gen.Long[1, 3])).Sample((image, kernel, stride, padding, added, rest) => ShapeRule.AssertGives(
        [rest.Item2 * 2, image.Item1, image.Item2],
        ShapeRule.Layer("conv_transpose2d", ("out_channels", SpecValue.Of(rest.Item2 * 3)), ("kernel_size", ShapeRule.Of(kernel)), ("stride", ShapeRule.Of(stride)), ("padding", ShapeRule.Of(padding)), ("output_padding", ShapeRule.Of(added)), ("dilation", ShapeRule.Of(rest.Item1)), ("groups", SpecValue.Of(rest.Item2))),
        () => IsEmpty(image.Item1, kernel.Item1, stride.Item1, padding.Item1, added.Item1, rest.Item1.Item1) || IsEmpty(image.Item2, kernel.Item2, stride.Item2, padding.Item2, added.Item2, rest.Item1.Item2)
            ? throw new ArgumentException("oneDNN would end the process.")
            : (Weights: zeros(rest.Item2 * 2, 3, kernel.Item1, kernel.Item2), Bias: zeros(rest.Item2 * 3)),
        (layer, value) => nn.functional.conv_transpose2d(
            value, layer.Weights, layer.Bias, [stride.Item1, stride.Item2], [padding.Item1, padding.Item2], [added.Item1, added.Item2], [rest.Item1.Item1, rest.Item1.Item2], rest.Item2)), iter: 1_000);

    [Fact]
    public void DepthwiseConv2d() => Gen.Select(ShapeRule.Pair(1, 9), Pair, Pair, Pad, Gen.Long[1, 3], Gen.Long[1, 3]).Sample((image, kernel, stride, padding, channels, multiplier) => ShapeRule.AssertSame(
        [channels, image.Item1, image.Item2],
        ShapeRule.Layer("depthwise_conv2d", ("kernel_size", ShapeRule.Of(kernel)), ("stride", ShapeRule.Of(stride)), ("padding", ShapeRule.Of(padding)), ("multiplier", SpecValue.Of(multiplier))),
        () => nn.Conv2d(channels, channels * multiplier, kernel, stride, padding, groups: channels)), iter: 500);

    [Fact]
    public void Bilinear() => Gen.Select(Gen.Long[1, 5].Array[1, 3], Gen.Long[1, 5]).Sample((sizes, width) => ShapeRule.AssertGives(
        sizes,
        ShapeRule.Layer("bilinear", ("out_features", SpecValue.Of(width)), ("with", SpecValue.Of("input"))),
        () => nn.Bilinear(sizes[^1], sizes[^1], width),
        (module, value) => module.call(value, value)), iter: 100);

    [Theory]
    [InlineData("[4, 7]", """{ "conv1d": 2, "kernel_size": 4, "dilation": 3, "padding": "same", "padding_mode": "circular" }""")]
    [InlineData("[4, 6, 7]", """{ "conv2d": 2, "kernel_size": [3, 5], "padding": "same", "padding_mode": "reflect" }""")]
    [InlineData("[4, 6, 7]", """{ "conv2d": 2, "kernel_size": 2, "dilation": [2, 4], "padding": "same", "padding_mode": "circular" }""")]
    [InlineData("[4, 6, 7]", """{ "conv2d": 2, "kernel_size": 4, "padding": "same", "padding_mode": "replicate" }""")]
    [InlineData("[4, 6, 7]", """{ "depthwise_conv2d": [5, 1], "padding": "same", "padding_mode": "replicate" }""")]
    [InlineData("[4, 3, 6, 7]", """{ "conv3d": 2, "kernel_size": [1, 3, 5], "padding": "same", "padding_mode": "replicate" }""")]
    public void Padding_same_keeps_the_size_whatever_it_adds(string input, string layer)
    {
        var type = Compiled.From(("Net.model.json", $$"""{ "input": {{input}}, "layers": [{{layer}}] }""")).AssertClean().Load().GetType("Demo.Net")!;
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(type)!;
        var sizes = System.Text.Json.JsonSerializer.Deserialize<long[]>(input)!;
        using var given = rand([2, .. sizes]);
        using var output = model.call(given);

        Assert.Equal(sizes[1..], output.shape[2..]);
    }

    [Theory]
    [InlineData("[4, 6, 7]", """{ "conv2d": 2, "kernel_size": [3, 4], "padding": "same", "padding_mode": "reflect" }""", "padding 'same' with padding_mode 'reflect' adds 2 and 3 in the directions of the image, which differ and must then be even: write an odd kernel_size. Remove padding_mode.")]
    [InlineData("[4, 6]", """{ "flatten": 1 }, { "bilinear": 2, "with": "input" }""", "Layer 'bilinear1' (bilinear) receives [N, 24] (the input [N, 4, 6], flattened) and the input [N, 4, 6], and shapes of 2 and 3 dimensions")]
    [InlineData("[4, 6]", """{ "transpose": 1, "dim1": 2 }, { "bilinear": 2, "with": "input" }""", "all sizes but the last must be equal, but dimension 1 is 6 in one and 4 in the other")]
    [InlineData("[4, 6]", """{ "bilinear": 2, "with": ["input", "input"] }""", "it takes one more input, but 'with' names 2")]
    [InlineData("[4, 6]", """{ "bilinear": 2, "with": "input", "in2_features": 7 }""", "declares in2_features 7")]
    [InlineData("[4, 6]", """{ "conv_transpose1d": 2, "kernel_size": 3, "output_padding": 1 }""", "output_padding 1 is as large as stride 1 and dilation 1. Write output_padding 0")]
    [InlineData("[4, 1]", """{ "conv_transpose1d": 2, "kernel_size": 3, "padding": 2 }""", "(1 - 1) * 1 - 2 * 2 + 1 * (3 - 1) + 0 + 1 = -1. Write padding 1")]
    [InlineData("[4, 6]", """{ "conv_transpose1d": 3, "kernel_size": 3, "groups": 2 }""", "groups 2 does not divide the 3 output channels")]
    public void What_does_not_fit_is_said(string input, string layers, string said) => ShapeRule.AssertSays(input, layers, said);

    [Fact]
    public void A_block_takes_the_channels_that_each_of_its_uses_has()
    {
        const string Network = """
            {
              "input": [3, 8, 6],
              "blocks": {
                "Separable": { "parameters": ["channels"], "layers": [{ "depthwise_conv2d": 3, "padding": 1 }, { "conv2d": "channels", "kernel_size": 1 }] },
                "Up": {
                  "parameters": ["channels", { "added": 0 }],
                  "layers": [{ "conv_transpose2d": "channels", "kernel_size": 3, "stride": 2, "output_padding": ["added", 1] }, { "bilinear": 4, "with": "input", "when": false }]
                }
              },
              "layers": [{ "Separable": 6 }, { "Separable": 5 }, { "Up": 4, "name": "first" }, { "Up": 3, "added": 1, "name": "second" }, { "bilinear": 7, "with": "second" }, { "bilinear": 5, "with": "second" }]
            }
            """;
        var type = Compiled.From(("Net.model.json", Network)).AssertClean().Load().GetType("Demo.Net")!;
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(type)!;
        using var input = rand(2, 3, 8, 6);
        using var output = model.call(input);

        Assert.Equal([2, 3, 36, 5], output.shape);
        Assert.Equal(type.GetField("ParameterCount")!.GetRawConstantValue(), model.parameters().Sum(parameter => parameter.numel()));
    }

    private static bool IsEmpty(long size, long kernel, long stride, long padding, long added, long dilation) =>
        ((size - 1) * stride) - (2 * padding) + (dilation * (kernel - 1)) + added + 1 < 1;

    [PythonFact]
    public void PyTorch_takes_the_weights_and_computes_the_same() => PyTorchLayers.AssertSame(
        ("[4, 9]", """{ "conv_transpose1d": 6, "kernel_size": 3, "stride": 3, "padding": 1, "output_padding": 2, "dilation": 2, "groups": 2, "name": "layer" }""", "nn.ConvTranspose1d(4, 6, 3, stride=3, padding=1, output_padding=2, dilation=2, groups=2)"),
        ("[4, 5, 7]", """{ "conv_transpose2d": 6, "kernel_size": [3, 2], "stride": [3, 2], "padding": [1, 2], "output_padding": [2, 1], "groups": 2, "name": "layer" }""", "nn.ConvTranspose2d(4, 6, (3, 2), stride=(3, 2), padding=(1, 2), output_padding=(2, 1), groups=2)"),
        ("[4, 6, 7]", """{ "conv2d": 2, "kernel_size": [3, 5], "padding": "same", "padding_mode": "reflect", "name": "layer" }""", "nn.Conv2d(4, 2, (3, 5), padding='same', padding_mode='reflect')"),
        ("[4, 6, 7]", """{ "conv2d": 2, "kernel_size": 4, "padding": "same", "padding_mode": "circular", "name": "layer" }""", "nn.Conv2d(4, 2, 4, padding='same', padding_mode='circular')"),
        ("[3, 9, 7]", """{ "depthwise_conv2d": 3, "multiplier": 2, "name": "layer" }""", "nn.Conv2d(3, 6, 3, groups=3)"),
        ("[2, 6]", """{ "flatten": 1, "name": "all" }, { "select": 1, "index": 0, "from": "input" }, { "bilinear": 3, "with": "all", "name": "layer" }""", "on(nn.Bilinear(6, 12, 3), lambda layer, x: layer(x[:, 0], x.flatten(1)))"));
}
