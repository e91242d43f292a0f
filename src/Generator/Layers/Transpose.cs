using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Transpose : TensorCall
{
    private static readonly Parameter<long> Dim0 = Parameter.Integer(
        "dim0", "The one dimension, where 1 holds the channels and -1 is the last", int.MinValue, positional: true).Such(SpecValue.Of(1));
    private static readonly Parameter<long> Dim1 = Parameter.Integer("dim1", "The other dimension", int.MinValue, positional: true).Such(SpecValue.Of(2));

    public override string Keyword => "transpose";

    public override string AttributeName => "Transpose";

    public override string Stem => "transpose";

    public override string Doc => "Two dimensions change places: [N, L, F] to [N, F, L] for 1 and 2";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Dim0, Dim1];

    public override bool TakesAny => true;

    public override string Participle => "transposed";

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (Dimension.Of(settings, Dim0, input) is not { } one)
            return Missing(settings, Dim0, input);
        if (Dimension.Of(settings, Dim1, input) is not { } other)
            return Missing(settings, Dim1, input);
        var sizes = input.Sizes.ToArray();
        (sizes[one], sizes[other]) = (sizes[other], sizes[one]);
        return input with { Sizes = EquatableArray<long>.Of(sizes) };
    }

    // Who writes 0 for one of them counts both without the batch.
    private static Inference Missing(Settings settings, Parameter<long> parameter, TensorShape input)
    {
        var (one, other) = (settings.Get(Dim0) + 1, settings.Get(Dim1) + 1);
        var missing = Dimension.Missing(settings, parameter, input);
        if (settings.Get(parameter) != 0 || one == other || Dimension.Of(one, input) is null || Dimension.Of(other, input) is null)
            return missing;
        return missing with
        {
            Fixes =
            [
                Fix.Of(
                    $"write dim0 {CSharpLiteral.Of(one)} and dim1 {CSharpLiteral.Of(other)}",
                    new SetLayerSetting(Dim0.Name, SpecValue.Of(one)), new SetLayerSetting(Dim1.Name, SpecValue.Of(other))),
            ],
        };
    }

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (one, other, lies) = (Dimension.Of(settings, Dim0, inputs[0])!.Value, Dimension.Of(settings, Dim1, inputs[0])!.Value, MemoryOrder.Of(inputs[0]));
        return MemoryOrder.Permute(
            MemoryOrder.Sizes(inputs[0]), [.. MemoryOrder.Of(output).Select(index => System.Array.IndexOf(lies, index == one ? other : index == other ? one : index))]);
    }

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{inputs[0]}.transpose({Join([settings.Get(Dim0), settings.Get(Dim1)])})";

    public override string Onnx(OnnxLayer layer)
    {
        var order = Enumerable.Range(0, layer.Shape.Rank).Select(dim => (long)dim).ToArray();
        var (one, other) = (Dimension.Of(layer.Settings, Dim0, layer.Shape)!.Value + 1, Dimension.Of(layer.Settings, Dim1, layer.Shape)!.Value + 1);
        (order[one], order[other]) = (order[other], order[one]);
        return layer.Add("Transpose", [layer.Input], ("perm", order));
    }
}
