using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class PReLU : LayerKind
{
    private static readonly Parameter<long> NumParameters =
        Parameter.Integer("num_parameters", "The number of slopes: 1 for all values, or one for each channel", 1, 1, positional: true);

    private static readonly Parameter<double> Init = Parameter.Real("init", "The slopes before training", double.MinValue, 0.25);

    public override string Keyword => "prelu";

    public override string AttributeName => "PReLU";

    public override string Stem => "prelu";

    public override string Doc => "Rectified linear unit with a trained slope below zero, max(x, 0) + weight min(x, 0): [N, C, …] to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [NumParameters, Init];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (settings.Get(NumParameters) == 1 || Inference.Declared(settings, NumParameters, input.Rank == 1 ? 1 : input[0]) is not { } differs)
            return input;
        // One slope for each channel is what was meant.
        return differs with { Fixes = [.. differs.Fixes.Reverse()] };
    }

    public override long CountParameters(Settings settings, TensorShape input) => settings.Get(NumParameters);

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (input, slopes) = (inputs[0], settings.Get(NumParameters));
        var shape = slopes == 1
            ? [("Inner", input.ElementCount)]
            : MemoryOrder.Around(input, 0).Select(constant => (Name: constant.Name == "Length" ? "Channels" : constant.Name, constant.Value));
        return new Kernel("PReLU", KernelForm.Samples, [.. shape])
        {
            Parameters = [new("weight", [slopes], $"Constant({{0}}, {CSharpLiteral.Of(settings.Get(Init))}f)")],
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Of("num_parameters", settings.Get(NumParameters)), Argument.Named("init", Init, settings)];

    public override string Onnx(OnnxLayer layer) =>
        layer.Add("PRelu", layer.Input, layer.Get(NumParameters) == 1 ? layer.Weight("weight") : layer.OfChannels(layer.Weight("weight")));
}
