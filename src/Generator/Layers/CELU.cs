using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class CELU : ElementwiseLayer
{
    private static readonly Parameter<double> Alpha =
        Parameter.Real("alpha", "What large negative values become, without its sign", 0, 1, open: true, positional: true);

    public override string Keyword => "celu";

    public override string AttributeName => "CELU";

    public override string Stem => "celu";

    public override string Doc =>
        "Continuously differentiable exponential linear unit, max(x, 0) + min(0, alpha (exp(x / alpha) - 1)), on each value: any shape to the same shape";

    public override bool IsMonotone(Settings settings) => true;

    public override IReadOnlyList<Parameter> Parameters { get; } = [Alpha];

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Pointwise(output, "CELU", ("Alpha", settings.Get(Alpha)));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Of("alpha", settings.Get(Alpha), isDefault: !settings.Has(Alpha))];

    public override string Onnx(OnnxLayer layer) => layer.Add("Celu", [layer.Input], ("alpha", layer.Get(Alpha)));
}
