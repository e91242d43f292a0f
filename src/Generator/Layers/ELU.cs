using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class ELU : ElementwiseLayer
{
    private static readonly Parameter<double> Alpha =
        Parameter.Real("alpha", "What large negative values become, without its sign", 0, 1, positional: true);

    public override string Keyword => "elu";

    public override string AttributeName => "ELU";

    public override string Stem => "elu";

    public override string Doc => "Exponential linear unit, max(x, 0) + min(0, alpha (exp(x) - 1)), on each value: any shape to the same shape";

    public override bool IsMonotone(Settings settings) => true;

    public override IReadOnlyList<Parameter> Parameters { get; } = [Alpha];

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Pointwise(output, "ELU", ("Alpha", settings.Get(Alpha)));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Of("alpha", settings.Get(Alpha), isDefault: !settings.Has(Alpha))];

    public override string Onnx(OnnxLayer layer) => layer.Add("Elu", [layer.Input], ("alpha", layer.Get(Alpha)));
}
