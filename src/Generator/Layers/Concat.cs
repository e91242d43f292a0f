using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Concat : Merge
{
    private static readonly Parameter<IReadOnlyList<string>> With = Parameter.Outputs("with", "The layers whose outputs stand behind what flows in");
    private static readonly Parameter<long> Dim = Parameter.Integer(
        "dim", "The dimension along which they stand, where 1 holds the channels and -1 is the last", int.MinValue, 1);

    public override string Keyword => "concat";

    public override string AttributeName => "Concat";

    public override string Stem => "concat";

    public override string Doc => "What flows in and earlier outputs behind each other along dim: [N, C, H, W] and [N, D, H, W] to [N, C + D, H, W]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [With, Dim];

    public override Parameter<IReadOnlyList<string>> Operands => With;

    public override bool TakesAny => true;

    public override bool Joins => true;

    protected override Inference Join(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        var first = inputs[0];
        if (Dimension.Of(settings, Dim, first) is not { } dim)
            return Dimension.Missing(settings, Dim, first);
        var sum = first[dim];
        foreach (var other in inputs.Skip(1))
        {
            if (other.Rank != first.Rank)
                return Differ("shapes of {0} and {1} dimensions can't stand behind each other", first.Rank, other.Rank);
            for (var i = 0; i < first.Sizes.Count; i++)
            {
                if (i == dim || other[i] == first[i])
                    continue;
                var differ = Differ(
                    "all sizes but dimension {0} must be equal, but dimension {1} is {2} in one and {3} in the other", dim + 1, i + 1, first[i], other[i]);
                return differ with { Fixes = [.. Fitted(settings, dim, first, other)] };
            }

            sum = checked(sum + other[dim]);
        }

        return TensorShape.Of([.. first.Sizes.Take(dim), sum, .. first.Sizes.Skip(dim + 1)]) with { IsIndices = first.IsIndices };
    }

    /// <summary>
    /// The one dimension in which they differ; or an image behind the channels of a larger or smaller one: what flows in is padded on all sides, or its
    /// middle taken, as U-Nets do.
    /// </summary>
    private static IEnumerable<Fix> Fitted(Settings settings, int dim, TensorShape first, TensorShape other)
    {
        var differing = Enumerable.Range(0, first.Sizes.Count).Where(i => first[i] != other[i]).ToArray();
        if (differing.Length == 1 && (first.Rank < 4 || settings.Has(Dim)))
            yield return Fix.Of($"write dim {CSharpLiteral.Of(differing[0] + 1)}", new SetLayerSetting(Dim.Name, SpecValue.Of(differing[0] + 1)));
        if (dim != 0 || first.Rank != 4)
            yield break;
        var (rows, columns) = (other[1] - first[1], other[2] - first[2]);
        if (rows >= 0 && columns >= 0)
            yield return Before("pad", "padding", [columns / 2, columns - (columns / 2), rows / 2, rows - (rows / 2)]);
        else if (rows <= 0 && columns <= 0)
            yield return Before("crop", "size", [other[1], other[2]]);

        static Fix Before(string layer, string setting, long[] sizes) => Fix.Of(
            $"put {layer} [{string.Join(", ", sizes.Select(CSharpLiteral.Of))}] before it",
            new InsertLayer(default, SectionSpec.Of(layer, new SettingSpec(setting, SpecValue.OfNumbers(sizes)))));
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (dim, names) = (Dimension.Of(settings, Dim, output)!.Value, new[] { "First", "Second", "Third", "Fourth" });
        if (inputs.Count > names.Length || inputs.Count < 2)
            return null;
        var around = MemoryOrder.Around(output, dim).ToDictionary(constant => constant.Name, constant => (long)constant.Value);
        var inner = around.TryGetValue("Inner", out var behind) ? behind : 1;
        return new Kernel(
            "Concat", KernelForm.Plain,
            [
                .. Kernel.Unless(1, ("Rows", around.TryGetValue("Outer", out var rows) ? rows : 1)),
                .. inputs.Select((input, i) => (names[i], (object)(input[dim] * inner)))
            ])
        {
            Reads = KernelReads.Nothing,
        };
    }

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"global::TorchSharp.torch.cat([{string.Join(", ", inputs)}], {CSharpLiteral.Of(settings.Get(Dim))})";

    public override string Onnx(OnnxLayer layer) => layer.Add("Concat", layer.Inputs, ("axis", layer.Get(Dim)));
}
