using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Pad : TensorCall
{
    private const string Constant = "constant";

    private static readonly Parameter<IReadOnlyList<long>> Padding = Parameter.Integers(
        "padding",
        "How many values are added before and behind, for each dimension from the last one on: [left, right, top, bottom]; one number is for all sides of a signal, an image or a volume",
        0, positional: true)
        .Such(SpecValue.OfNumbers([1, 2]));

    private static readonly Parameter<string> Mode = Parameter.Choice(
        "mode", "What the added values are: value, those beside the edge mirrored, the edge's own, or those of the other end",
        [Constant, "reflect", "replicate", "circular"], Constant);

    private static readonly Parameter<double> Value = Parameter.Real("value", "The added values with mode 'constant'", double.MinValue, 0);

    public override string Keyword => "pad";

    public override string AttributeName => "Pad";

    public override string Stem => "pad";

    public override string Doc => "Adds values at the ends of the last dimensions: [N, C, H, W] to [N, C, top + H + bottom, left + W + right]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Padding, Mode, Value];

    public override bool TakesAny => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var (padding, mode) = (PaddingOf(settings, input), settings.Get(Mode));
        var text = $"padding [{Join(padding)}]";
        if (padding.Length % 2 != 0)
            return Excluded(Padding, text, "has no second number for its last dimension");
        var directions = padding.Length / 2;
        if (directions >= input.Rank)
            return Excluded(Padding, text, "has more pairs than there are dimensions behind the batch");
        if (mode != Constant && settings.Has(Value))
            return Excluded(Value, "value", $"is for mode 'constant', but the mode is '{mode}'", Fix.Of("remove value", new SetLayerSetting(Value.Name, null)));
        // PyTorch takes the dimensions before those for channels, with a batch before them or without.
        if (mode != Constant && (directions > 3 || directions < input.Rank - 2))
            return Excluded(Mode, $"mode '{mode}'", string.Format(
                CultureInfo.InvariantCulture, "pads all of the up to 3 dimensions behind the channels, but padding has {0} numbers", padding.Length));
        var sizes = input.Sizes.ToArray();
        for (var i = 0; i < directions; i++)
        {
            var dim = sizes.Length - 1 - i;
            var most = mode switch { "reflect" => sizes[dim] - 1, "circular" => sizes[dim], _ => long.MaxValue };
            if (Math.Max(padding[2 * i], padding[(2 * i) + 1]) > most)
                return Excluded(Mode, $"mode '{mode}'", string.Format(
                    CultureInfo.InvariantCulture, "finds at most {0} values in dimension {1}, whose padding is {2} and {3}",
                    most, dim + 1, padding[2 * i], padding[(2 * i) + 1]));
            sizes[dim] = checked(sizes[dim] + padding[2 * i] + padding[(2 * i) + 1]);
        }

        return input with { Sizes = EquatableArray<long>.Of(sizes) };
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (input, padding) = (inputs[0], PaddingOf(settings, inputs[0]));
        if (input.Rank > 4 || padding.Length > 4)
            return null;
        var (sides, padded) = input.Rank == 4 ? (input, output) : (Plane(input), Plane(output));
        IEnumerable<(string, object)> value = settings.Has(Value) ? [("Value", settings.Get(Value))] : [];
        return Kernel.OfImage(
            "Pad", KernelForm.Plain, sides,
            [("OutHeight", padded[1]), ("OutWidth", padded[2]), .. Kernel.Unless(0, ("Top", padding.Length > 2 ? padding[2] : 0), ("Left", padding[0])), .. value]) with
        {
            Activation = SpecNames.ToPascalCase(settings.Get(Mode)) + "Padding",
            Reads = KernelReads.Nothing,
        };
    }

    // A row-major tensor as an image of one channel.
    private static TensorShape Plane(TensorShape shape) => TensorShape.Of(1, shape.Rank == 3 ? shape[0] : 1, shape[shape.Sizes.Count - 1]);

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes)
    {
        var mode = settings.Get(Mode);
        var more = (mode == Constant ? "" : ", global::TorchSharp.PaddingModes." + SpecNames.ToPascalCase(mode))
            + (settings.Get(Value) == 0 ? "" : ", value: " + CSharpLiteral.Of(settings.Get(Value)));
        return $"global::TorchSharp.torch.nn.functional.pad({inputs[0]}, [{Join(PaddingOf(settings, shapes[0]))}]{more})";
    }

    private static long[] PaddingOf(Settings settings, TensorShape input)
    {
        var padding = settings.Get(Padding);
        return [.. padding.Count == 1 ? Enumerable.Repeat(padding[0], 2 * Math.Max(1, input.Rank - 2)) : padding];
    }

    private static Inference Excluded(Parameter parameter, string what, string why, params Fix[] fixes) =>
        Inference.Broken(Rules.SettingsExclude, parameter, what, why) with { Fixes = fixes };

    public override string Onnx(OnnxLayer layer)
    {
        // PyTorch begins with the last dimension, and has both sides of each together.
        var padding = PaddingOf(layer.Settings, layer.Shape);
        var dims = Enumerable.Range(0, padding.Length / 2).Reverse().ToArray();
        long[] before = [.. dims.Select(i => padding[2 * i])], behind = [.. dims.Select(i => padding[(2 * i) + 1])];
        if (layer.Get(Mode) != Constant)
            return layer.Padded(layer.Get(Mode), before, behind);
        var value = layer.Shape.IsIndices ? layer.Integer((long)layer.Get(Value)) : layer.Number(layer.Get(Value));
        return layer.Add("Pad", layer.Input, layer.Integers(OnnxPadding.Sides(layer, before, behind)), value);
    }
}
