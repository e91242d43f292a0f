using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class LeakyReLU : ElementwiseLayer
{
    private static readonly Parameter<double> NegativeSlope = Parameter.Real("negative_slope", "The slope below zero", 0, 0.01, positional: true);

    public override string Keyword => "leaky_relu";

    public override string AttributeName => "LeakyReLU";

    public override string Stem => "leaky_relu";

    public override string Doc => "Leaky rectified linear unit, max(x, 0) + negative_slope min(x, 0), on each value: any shape to the same shape";

    public override bool IsMonotone(Settings settings) => true;

    public override IReadOnlyList<Parameter> Parameters { get; } = [NegativeSlope];

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Pointwise(output, "LeakyReLU", ("NegativeSlope", settings.Get(NegativeSlope)));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Of("negative_slope", settings.Get(NegativeSlope), isDefault: !settings.Has(NegativeSlope))];

    public override string Onnx(OnnxLayer layer) => layer.Add("LeakyRelu", [layer.Input], ("alpha", layer.Get(NegativeSlope)));
}
