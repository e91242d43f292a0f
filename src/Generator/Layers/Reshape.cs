using System.Collections.Generic;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Reshape : TensorCall
{
    private static readonly Parameter<IReadOnlyList<long>> Shape = Parameter.Integers(
        "shape", "The output's sizes behind the batch; one may be -1, which takes what is left", -1, positional: true)
        .Such(SpecValue.OfNumbers([16, -1]));

    public override string Keyword => "reshape";

    public override string AttributeName => "Reshape";

    public override string Stem => "reshape";

    public override string Doc => "The same values, in their order, under other sizes: [N, …] to [N, shape]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Shape];

    /// <summary>What gives a layer its input in another shape.</summary>
    public static Fix Before(params long[] sizes) => Fix.Of(
        $"put reshape before it, which gives {TensorShape.Of(sizes)}",
        new InsertLayer(default, SectionSpec.Of("reshape", new SettingSpec(Shape.Name, SpecValue.OfNumbers(sizes)))));

    public override bool TakesAny => true;

    public override string Participle => "reshaped";

    public override Inference Infer(Settings settings, TensorShape input) =>
        OpenSizes.Check(settings, Shape, input.ElementCount, "the input behind its batch")
        ?? input with { Sizes = EquatableArray<long>.Of(OpenSizes.Fill(settings.Get(Shape), input.ElementCount)) };

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => MemoryOrder.Reshape(inputs[0], output);

    // The batch is what is left: all other sizes are known.
    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{inputs[0]}.reshape({Join([-1, .. OpenSizes.Fill(settings.Get(Shape), shapes[0].ElementCount)])})";

    public override string Onnx(OnnxLayer layer) => layer.Reshaped(layer.Input, [.. layer.Output.Sizes]);
}
