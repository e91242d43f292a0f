using System.Collections.Generic;
using System.Globalization;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class PixelShuffle : LayerKind
{
    private static readonly Parameter<long> UpscaleFactor = Parameter.Integer(
        "upscale_factor", "How many times larger the image gets in each direction", 1, positional: true).Such(SpecValue.Of(2));

    public override string Keyword => "pixel_shuffle";

    public override string AttributeName => "PixelShuffle";

    public override string Stem => "pixel_shuffle";

    public override string Doc => "Moves channels into the image, which gets larger: [N, C r r, H, W] to [N, C, H r, W r], where r = upscale_factor";

    public override IReadOnlyList<Parameter> Parameters { get; } = [UpscaleFactor];

    public override bool TakesAny => true;

    public override string Participle => "shuffled";

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]");
        var factor = settings.Get(UpscaleFactor);
        var group = checked(factor * factor);
        return input[0] % group == 0
            ? input with { Sizes = EquatableArray<long>.Of([input[0] / group, checked(input[1] * factor), checked(input[2] * factor)]) }
            : Inference.Broken(Rules.NotDivisible, UpscaleFactor, string.Format(
                CultureInfo.InvariantCulture, "upscale_factor {0} makes one channel of {1}, but {2} = {3} * {1} + {4}",
                factor, group, input[0], input[0] / group, input[0] % group));
    }

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (image, factor) = (output, settings.Get(UpscaleFactor));
        return MemoryOrder.Permute([inputs[0][1], inputs[0][2], image[0], factor, factor], [0, 3, 1, 4, 2]);
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("upscale_factor", settings.Get(UpscaleFactor))];

    public override string? Onnx(OnnxLayer layer) => layer.Shape.IsIndices ? null
        : layer.Add("DepthToSpace", [layer.Input], ("blocksize", layer.Get(UpscaleFactor)), ("mode", "CRD"));
}
