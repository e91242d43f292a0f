using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Upsample : LayerKind
{
    private const string Nearest = "nearest";

    private static readonly string[] Modes = [Nearest, "linear", "bilinear", "bicubic", "trilinear"];

    private static readonly Parameter<double> ScaleFactor =
        Parameter.Real("scale_factor", "How many times larger the output is in each direction", 0, null, open: true, positional: true).Such(SpecValue.Of(2));

    private static readonly Parameter<string> Mode = Parameter.Choice(
        "mode", "How values between the input's are found; linear is for signals, bilinear and bicubic are for images, trilinear is for volumes", Modes, Nearest);

    private static readonly Parameter<bool> AlignCorners = Parameter.Flag(
        "align_corners", "Lets the corners of input and output be the same points; not with nearest", false);

    public override string Keyword => "upsample";

    public override string AttributeName => "Upsample";

    public override string Stem => "upsample";

    public override string Doc => "Enlarges a signal, an image or a volume: [N, C, H, W] to [N, C, H', W'], where H' = floor(H scale_factor), and W' likewise";

    public override IReadOnlyList<Parameter> Parameters { get; } = [ScaleFactor, Mode, AlignCorners];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var (scale, mode) = (settings.Get(ScaleFactor), settings.Get(Mode));
        if (input.Rank is < 3 or > 5)
            return Inference.WrongRank("[N, C, L], [N, C, H, W] or [N, C, D, H, W]");
        if (mode != Nearest && DirectionsOf(mode) != input.Rank - 2)
        {
            var fitting = Array.Find(Modes, other => DirectionsOf(other) == input.Rank - 2);
            return Inference.WrongRank(
                $"{Layers.Window.Taken(DirectionsOf(mode))} with mode '{mode}'",
                Fix.Of($"write mode '{fitting}'", new SetLayerSetting(Mode.Name, SpecValue.Of(fitting))));
        }

        if (mode == Nearest && settings.Get(AlignCorners))
        {
            return Inference.Broken(Rules.SettingsExclude, AlignCorners, "align_corners", "says where values between the input's are, but mode 'nearest' makes none") with
            {
                Fixes = [Fix.Of("remove align_corners", new SetLayerSetting(AlignCorners.Name, null))],
            };
        }

        // PyTorch's own rounding: the product as a double, cut off.
        var sizes = input.Sizes.Select((size, i) => i == 0 ? size : checked((long)Math.Floor(size * scale))).ToArray();
        return sizes.All(size => size >= 1) ? TensorShape.Of(sizes) : Inference.Broken(
            Rules.SizeBelowOne, ScaleFactor, "values", string.Format(CultureInfo.InvariantCulture, "floor({0} * {1}) = 0", input.Sizes.Skip(1).Min(), scale));
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (mode, align) = (settings.Get(Mode), settings.Get(AlignCorners));
        if (inputs[0].Rank != 4)
            return null;
        IEnumerable<(string, object)> corners = align ? [("AlignCorners", true)] : [];
        return Kernel.OfImage(
            "Upsample", KernelForm.Plain, inputs[0],
            [("OutHeight", output[1]), ("OutWidth", output[2]), ("ScaleFactor", settings.Get(ScaleFactor)), .. corners]) with
        {
            Activation = SpecNames.ToPascalCase(mode),
            Reads = KernelReads.Nothing,
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var mode = settings.Get(Mode);
        var scales = string.Join(", ", Enumerable.Repeat(CSharpLiteral.Of(settings.Get(ScaleFactor)), input.Rank - 2));
        return
        [
            new Argument("scale_factor", $"[{scales}]"),
            new Argument("mode", "global::TorchSharp.torch.UpsampleMode." + SpecNames.ToPascalCase(mode), IsDefault: mode == Nearest),
            // Said in any case: without it, libtorch prints a warning that its default was another one once.
            new Argument("align_corners", settings.Get(AlignCorners), IsDefault: mode == Nearest),
        ];
    }

    private static int DirectionsOf(string mode) => mode switch { "linear" => 1, "trilinear" => 3, Nearest => 0, _ => 2 };

    public override string? Onnx(OnnxLayer layer)
    {
        var (scale, mode) = (layer.Get(ScaleFactor), layer.Get(Mode));
        // ONNX holds the factor as a float32, and finds other sizes where that falls below a whole number.
        if (layer.Shape.Sizes.Skip(1).Any(size => Math.Floor(size * (float)scale) != Math.Floor(size * scale)))
            return null;
        var places = mode == Nearest ? "asymmetric" : layer.Get(AlignCorners) ? "align_corners" : "half_pixel";
        (string Name, object Value)[] way = mode switch
        {
            Nearest => [("mode", "nearest"), ("nearest_mode", "floor")],
            "bicubic" => [("mode", "cubic"), ("cubic_coeff_a", -0.75)],
            _ => [("mode", "linear")],
        };
        return layer.Add("Resize", [layer.Input, "", layer.Constant("Scales", (long)layer.Shape.Rank, scale)], [.. way, ("coordinate_transformation_mode", places)]);
    }
}
