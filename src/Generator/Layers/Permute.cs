using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Permute : TensorCall
{
    private static readonly Parameter<IReadOnlyList<long>> Dims = Parameter.Integers(
        "dims", "The input's dimensions behind the batch in their new order; 1 holds the channels, -1 is the last", int.MinValue, positional: true)
        .Such(SpecValue.OfNumbers([2, 3, 1]));

    public override string Keyword => "permute";

    public override string AttributeName => "Permute";

    public override string Stem => "permute";

    public override string Doc => "The dimensions behind the batch in another order: [N, C, H, W] to [N, H, W, C] for [2, 3, 1]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Dims];

    public override bool TakesAny => true;

    public override string Participle => "permuted";

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (Dimensions.Read(settings, Dims, input, out var order) is { } broken)
            return broken with { Fixes = [.. BehindBatch(settings.Get(Dims), input)] };
        if (order.Length == input.Sizes.Count)
            return input with { Sizes = EquatableArray<long>.Of(order.Select(index => input[index])) };
        var missing = Enumerable.Range(0, input.Sizes.Count).Except(order).Select(index => (long)index + 1).ToArray();
        return Inference.Broken(
            Rules.SettingsExclude, Dims, $"dims [{Join(settings.Get(Dims))}]",
            string.Format(CultureInfo.InvariantCulture, "leaves out {0} {1}", missing.Length == 1 ? "dimension" : "dimensions", Join(missing))) with
        {
            Fixes = [Fix.Of($"write dims [{Join([.. settings.Get(Dims), .. missing])}]", new SetLayerSetting(Dims.Name, SpecValue.OfNumbers([.. settings.Get(Dims), .. missing])))],
        };
    }

    /// <summary>Dimensions that were counted with a batch that stays where it is, or without one.</summary>
    private static IEnumerable<Fix> BehindBatch(IReadOnlyList<long> dims, TensorShape input)
    {
        long[]? meant = dims.Count == input.Rank && dims[0] == 0 ? [.. dims.Skip(1)]
            : dims.Count == input.Sizes.Count && dims.Contains(0) && dims.All(dim => dim >= 0) ? [.. dims.Select(dim => dim + 1)]
            : null;
        if (meant is not null)
            yield return Fix.Of($"write dims [{Join(meant)}]", new SetLayerSetting(Dims.Name, SpecValue.OfNumbers(meant)));
    }

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (order, lies) = (Dimensions.Of(settings, Dims, inputs[0]), MemoryOrder.Of(inputs[0]));
        return MemoryOrder.Permute(MemoryOrder.Sizes(inputs[0]), [.. MemoryOrder.Of(output).Select(index => System.Array.IndexOf(lies, order[index]))]);
    }

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{inputs[0]}.permute({Join([0, .. Dimensions.Of(settings, Dims, shapes[0]).Select(index => (long)index + 1)])})";

    public override string Onnx(OnnxLayer layer) => layer.Add(
        "Transpose", [layer.Input], ("perm", (long[])[0, .. Dimensions.Of(layer.Settings, Dims, layer.Shape).Select(index => index + 1L)]));
}
