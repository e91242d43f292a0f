using System.Collections.Generic;
using System.Globalization;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class PixelUnshuffle : LayerKind
{
    private static readonly Parameter<long> DownscaleFactor = Parameter.Integer(
        "downscale_factor", "How many times smaller the image gets in each direction", 1, positional: true).Such(SpecValue.Of(2));

    public override string Keyword => "pixel_unshuffle";

    public override string AttributeName => "PixelUnshuffle";

    public override string Stem => "pixel_unshuffle";

    public override string Doc => "Moves the image into channels: [N, C, H r, W r] to [N, C r r, H, W], where r = downscale_factor";

    public override IReadOnlyList<Parameter> Parameters { get; } = [DownscaleFactor];

    public override bool TakesAny => true;

    public override string Participle => "unshuffled";

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != 4)
            return Inference.WrongRank("[N, C, H, W]");
        var factor = settings.Get(DownscaleFactor);
        for (var i = 1; i <= 2; i++)
        {
            if (input[i] % factor != 0)
            {
                return Inference.Broken(Rules.NotDivisible, DownscaleFactor, string.Format(
                    CultureInfo.InvariantCulture, "downscale_factor {0} does not divide the {1} {2}: {1} = {3} * {0} + {4}",
                    factor, input[i], i == 1 ? "rows" : "columns", input[i] / factor, input[i] % factor));
            }
        }

        return input with { Sizes = EquatableArray<long>.Of([checked(input[0] * factor * factor), input[1] / factor, input[2] / factor]) };
    }

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var factor = settings.Get(DownscaleFactor);
        return MemoryOrder.Permute([output[1], factor, output[2], factor, inputs[0][0]], [0, 2, 4, 1, 3]);
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("downscale_factor", settings.Get(DownscaleFactor))];

    public override string Onnx(OnnxLayer layer)
    {
        // ONNX's SpaceToDepth puts the channels in another order.
        var (factor, shape, output) = (layer.Get(DownscaleFactor), layer.Shape, layer.Output);
        var split = layer.Reshaped(layer.Input, shape[0], output[1], factor, output[2], factor);
        return layer.Reshaped(layer.Add("Transpose", [split], ("perm", new long[] { 0, 1, 3, 5, 2, 4 })), [.. output.Sizes]);
    }
}
