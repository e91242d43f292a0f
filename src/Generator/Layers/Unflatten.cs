using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Unflatten : LayerKind
{
    private static readonly Parameter<long> Dim = Parameter.Integer(
        "dim", "The dimension to split, where 1 holds the channels and -1 is the last", int.MinValue, positional: true).Such(SpecValue.Of(1));

    private static readonly Parameter<IReadOnlyList<long>> Sizes = Parameter.Integers(
        "sizes", "The sizes that take its place; one may be -1, which takes what is left", -1, positional: true)
        .Such(SpecValue.OfNumbers([2, -1]));

    public override string Keyword => "unflatten";

    public override string AttributeName => "Unflatten";

    public override string Stem => "unflatten";

    public override string Doc => "Splits one dimension into several: [N, C H W] to [N, C, H, W]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Dim, Sizes];

    public override bool TakesAny => true;

    public override string Participle => "unflattened";

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (Dimension.Of(settings, Dim, input) is not { } dim)
            return Dimension.Missing(settings, Dim, input);
        return OpenSizes.Check(settings, Sizes, input[dim], "dimension " + CSharpLiteral.Of(dim + 1)) ?? input with
        {
            Sizes = EquatableArray<long>.Of([.. input.Sizes.Take(dim), .. OpenSizes.Fill(settings.Get(Sizes), input[dim]), .. input.Sizes.Skip(dim + 1)]),
        };
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => MemoryOrder.Reshape(inputs[0], output);

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        // TorchSharp takes none that is counted from the end.
        Argument.Of("dim", Dimension.Of(settings, Dim, input)!.Value + 1L),
        new Argument("unflattened_size", $"[{string.Join(", ", settings.Get(Sizes).Select(CSharpLiteral.Of))}]", IsPositional: true),
    ];

    public override string Onnx(OnnxLayer layer) => layer.Reshaped(layer.Input, [.. layer.Output.Sizes]);
}
