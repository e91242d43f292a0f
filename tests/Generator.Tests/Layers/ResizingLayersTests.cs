using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Layers that give an image, a signal or a volume another size: padding, cropping, enlarging, and pixels that are moved to channels and back.</summary>
[Collection("Torch")]
public sealed class ResizingLayersTests : ILayerFamily
{
    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            "[3, 8, 10]",
            "Pad(1, 2, 3, 0, 0, 1, Value = -0.5), Pad(2, Mode = \"reflect\"), Crop([8, 9]), Crop(8), PixelUnshuffle(4), PixelShuffle(2), Upsample(2), Upsample(1.5, Mode = \"bilinear\", AlignCorners = true), Upsample(0.75, Mode = \"bicubic\")",
            """{ "pad": [1, 2, 3, 0, 0, 1], "value": -0.5 }, { "pad": 2, "mode": "reflect" }, { "crop": [8, 9] }, { "crop": 8 }, { "pixel_unshuffle": 4 }, { "pixel_shuffle": 2 }, { "upsample": 2 }, { "upsample": 1.5, "mode": "bilinear", "align_corners": true }, { "upsample": 0.75, "mode": "bicubic" }"""
        ),
        (
            "[3, 8]",
            "Pad(3, 8, Mode = \"circular\"), Upsample(3, Mode = \"linear\"), Upsample(2)",
            """{ "pad": [3, 8], "mode": "circular" }, { "upsample": 3, "mode": "linear" }, { "upsample": 2 }"""
        ),
        (
            "[2, 3, 4, 5]",
            "Pad(1, Mode = \"replicate\"), Upsample(1.5, Mode = \"trilinear\", AlignCorners = true), Upsample(2)",
            """{ "pad": 1, "mode": "replicate" }, { "upsample": 1.5, "mode": "trilinear", "align_corners": true }, { "upsample": 2 }"""
        ),
    ];

    private static readonly Gen<long[]> Sizes = Gen.Long[1, 5].Array[1, 4];

    public ResizingLayersTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Pad() => Gen.Select(Sizes, Gen.Long[0, 5].Array[2, 10], Gen.OneOf(Gen.Const("constant"), Gen.Const("reflect"), Gen.Const("replicate"), Gen.Const("circular"))).Where((_, padding, _) => padding.Length <= 8).Sample((sizes, padding, mode) => ShapeRule.AssertGives(
        sizes,
        ShapeRule.Layer("pad", ("padding", ShapeRule.List(padding)), ("mode", SpecValue.Of(mode))),
        () => padding,
        (_, value) => nn.functional.pad(value, padding, Enum.Parse<PaddingModes>(mode, ignoreCase: true)),
        refusedAlone: padding.Length >= 2 * (sizes.Length + 1)), iter: 2_000);

    [Fact]
    public void Upsample() => Gen.Select(Sizes, Gen.Double[0.2, 4], Gen.OneOf(Gen.Const("nearest"), Gen.Const("linear"), Gen.Const("bilinear"), Gen.Const("bicubic"), Gen.Const("trilinear")), Gen.Bool).Sample((sizes, scale, mode, corners) => ShapeRule.AssertSame(
        sizes,
        ShapeRule.Layer("upsample", ("scale_factor", SpecValue.Of(scale)), ("mode", SpecValue.Of(mode)), ("align_corners", SpecValue.Of(corners))),
        () => nn.Upsample(scale_factor: [.. Enumerable.Repeat(scale, sizes.Length - 1)], mode: Enum.Parse<UpsampleMode>(mode, ignoreCase: true), align_corners: mode == "nearest" && !corners ? null : corners)), iter: 1_000);

    [Fact]
    public void Pixels_to_channels_and_back() => Gen.Select(Gen.Long[1, 8], ShapeRule.Pair(1, 6), Gen.Long[1, 3]).Sample((channels, image, factor) =>
    {
        long[] sizes = [channels, image.Item1, image.Item2];
        ShapeRule.AssertSame(sizes, ShapeRule.Layer("pixel_shuffle", ("upscale_factor", SpecValue.Of(factor))), () => nn.PixelShuffle(factor));
        ShapeRule.AssertSame(sizes, ShapeRule.Layer("pixel_unshuffle", ("downscale_factor", SpecValue.Of(factor))), () => nn.PixelUnshuffle(factor));
    }, iter: 300);

    [Fact]
    public void Crop_takes_what_fits() => Gen.Select(ShapeRule.Pair(1, 6), ShapeRule.Pair(1, 6)).Sample((image, size) => ShapeRule.AssertGives(
        [2, image.Item1, image.Item2],
        ShapeRule.Layer("crop", ("size", ShapeRule.Of(size))),
        () => size,
        (_, value) => value.narrow(2, 0, size.Item1).narrow(3, 0, size.Item2)), iter: 100);

    [Theory]
    [InlineData("[2, 6, 6]", """{ "pad": [1, 2, 3] }""", "padding [1, 2, 3] has no second number for its last dimension")]
    [InlineData("[6]", """{ "pad": [1, 2, 1, 1] }""", "padding [1, 2, 1, 1] has more pairs than there are dimensions behind the batch")]
    [InlineData("[2, 6, 6]", """{ "pad": 6, "mode": "reflect" }""", "mode 'reflect' finds at most 5 values in dimension 3, whose padding is 6 and 6")]
    [InlineData("[2, 6, 6]", """{ "pad": [1, 1], "mode": "circular" }""", "mode 'circular' pads all of the up to 3 dimensions behind the channels, but padding has 2 numbers")]
    [InlineData("[2, 6, 6]", """{ "pad": 1, "mode": "circular", "value": 1 }""", "value is for mode 'constant', but the mode is 'circular'. Remove value")]
    [InlineData("[2, 6, 6]", """{ "crop": [7, 4] }""", "size [7, 4] is more than the image's 6 rows and 6 columns. Write size [6, 4]")]
    [InlineData("[2, 6, 6]", """{ "pixel_unshuffle": 4 }""", "downscale_factor 4 does not divide the 6 rows: 6 = 1 * 4 + 2")]
    [InlineData("[6, 6, 6]", """{ "pixel_shuffle": 2 }""", "upscale_factor 2 makes one channel of 4, but 6 = 1 * 4 + 2")]
    [InlineData("[2, 6, 6]", """{ "upsample": 2, "mode": "linear" }""", "takes [N, C, L] with mode 'linear', but receives the input [N, 2, 6, 6]. Write mode 'bilinear'")]
    [InlineData("[2, 6, 6]", """{ "upsample": 2, "align_corners": true }""", "mode 'nearest' makes none. Remove align_corners")]
    [InlineData("[2, 6, 3]", """{ "upsample": 0.25 }""", "leaves no values: it receives the input [N, 2, 6, 3], and floor(3 * 0.25) = 0")]
    public void What_does_not_fit_is_said(string input, string layers, string said) => ShapeRule.AssertSays(input, layers, said);

    [PythonFact]
    public void PyTorch_computes_the_same() => PyTorchLayers.AssertSame(
        ("[2, 7, 9]", """{ "crop": [4, 4] }""", "on(nn.Identity(), lambda _, x: x[:, :, 2:6, 2:6])"),
        ("[2, 6, 7]", """{ "crop": [5, 2] }""", "on(nn.Identity(), lambda _, x: x[:, :, 0:5, 2:4])"),
        ("[2, 5, 6]", """{ "pad": [1, 2, 3, 0] }""", "nn.ZeroPad2d((1, 2, 3, 0))"),
        ("[2, 5, 6]", """{ "pad": 2, "value": 1.5 }""", "nn.ConstantPad2d(2, 1.5)"),
        ("[2, 5, 6]", """{ "pad": [1, 2, 3, 4], "mode": "reflect" }""", "nn.ReflectionPad2d((1, 2, 3, 4))"),
        ("[2, 5, 6]", """{ "pad": [6, 7, 3, 4], "mode": "replicate" }""", "nn.ReplicationPad2d((6, 7, 3, 4))"),
        ("[2, 5, 6]", """{ "pad": [6, 1, 3, 4], "mode": "circular" }""", "on(nn.Identity(), lambda _, x: nn.functional.pad(x, (6, 1, 3, 4), mode='circular'))"),
        ("[8, 5, 6]", """{ "pixel_shuffle": 2 }""", "nn.PixelShuffle(2)"),
        ("[2, 4, 6]", """{ "pixel_unshuffle": 2 }""", "nn.PixelUnshuffle(2)"),
        ("[2, 4, 6]", """{ "upsample": 1.3 }""", "nn.Upsample(scale_factor=1.3)"),
        ("[2, 4, 7]", """{ "upsample": 1.3, "mode": "bilinear" }""", "nn.Upsample(scale_factor=1.3, mode='bilinear')"),
        ("[2, 4, 7]", """{ "upsample": 1.3, "mode": "bilinear", "align_corners": true }""", "nn.Upsample(scale_factor=1.3, mode='bilinear', align_corners=True)"),
        ("[2, 4, 7]", """{ "upsample": 2.6, "mode": "bicubic" }""", "nn.Upsample(scale_factor=2.6, mode='bicubic')"),
        ("[2, 7]", """{ "upsample": 1.7, "mode": "linear" }""", "nn.Upsample(scale_factor=1.7, mode='linear')"),
        ("[2, 3, 4, 5]", """{ "upsample": 1.7, "mode": "trilinear" }""", "nn.Upsample(scale_factor=1.7, mode='trilinear')"));
}
