using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Select : TensorCall
{
    private static readonly Parameter<long> Dim = Parameter.Integer(
        "dim", "The dimension that goes, counted with the batch as 0: of [N, L, F] 1 is L, and 2 or -1 is F", int.MinValue, positional: true)
        .Such(SpecValue.Of(1));
    private static readonly Parameter<long> Index = Parameter.Integer(
        "index", "The place in it that stays, alone: 0 is the first, 1 the second, -1 the last", int.MinValue, positional: true)
        .Such(SpecValue.Of(0));

    public override string Keyword => "select";

    public override string AttributeName => "Select";

    public override string Stem => "select";

    public override string Doc => "Keeps one place of a dimension, without the dimension: dim 1 with index 0 takes the first of L steps, [N, L, F] to [N, F]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Dim, Index];

    public override bool TakesAny => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (Dimension.Of(settings, Dim, input) is not { } dim)
            return Dimension.Missing(settings, Dim, input);
        var (index, size) = (settings.Get(Index), input[dim]);
        if (index >= size || index < -size)
        {
            var places = string.Format(CultureInfo.InvariantCulture, "dimension {0} has the indices 0 to {1}, or -{2} to -1 from its end", dim + 1, size - 1, size);
            return Inference.Broken(Rules.DimensionOutOfRange, Index, Index.Name, index.ToString(CultureInfo.InvariantCulture), places) with
            {
                Fixes = [Fix.Of("write index -1", new SetLayerSetting(Index.Name, SpecValue.Of(-1)))],
            };
        }

        return input.Rank == 2
            ? Inference.Broken(Rules.SizeBelowOne, Dim, "dimension behind the batch", "dim names the only one")
            : input with { Sizes = EquatableArray<long>.Of(input.Sizes.Where((_, i) => i != dim)) };
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (dim, index) = (Dimension.Of(settings, Dim, inputs[0])!.Value, settings.Get(Index));
        if (!MemoryOrder.Keeps(inputs[0], [dim], output))
            return null;
        index = index < 0 ? index + inputs[0][dim] : index;
        return new Kernel("Select", KernelForm.Plain, [.. MemoryOrder.Around(inputs[0], dim), .. Kernel.Unless(0, ("Index", index))]) { Reads = KernelReads.Nothing };
    }

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{inputs[0]}.select({Join([settings.Get(Dim), settings.Get(Index)])})";

    public override string Onnx(OnnxLayer layer) => layer.Add("Gather", [layer.Input, layer.Integer(layer.Get(Index))], ("axis", layer.Get(Dim)));
}
