using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Softplus : ElementwiseLayer
{
    private static readonly Parameter<double> Beta = Parameter.Real("beta", "How sharply it bends at zero", 0, 1, open: true, positional: true);

    private static readonly Parameter<double> Threshold =
        Parameter.Real("threshold", "Where beta x is above it, x itself comes out: exp would overflow", 0, 20, positional: true);

    public override string Keyword => "softplus";

    public override string AttributeName => "Softplus";

    public override string Stem => "softplus";

    public override string Doc => "Softplus, ln(1 + exp(beta x)) / beta, on each value: any shape to the same shape";

    public override string NeverGives => "below 0";

    // It falls where it becomes x, by ln(1 + exp(-threshold)) / beta: at 20 and above that is less than float32 holds, until exp overflows.
    public override bool IsMonotone(Settings settings) => settings.Get(Threshold) == Threshold.Value;

    public override IReadOnlyList<Parameter> Parameters { get; } = [Beta, Threshold];

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Pointwise(output, "Softplus", ("Beta", settings.Get(Beta)), ("Threshold", settings.Get(Threshold)));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
        [Argument.Named("beta", Beta, settings), Argument.Named("threshold", Threshold, settings)];

    public override string Onnx(OnnxLayer layer)
    {
        var (beta, threshold) = (layer.Get(Beta), layer.Get(Threshold));
        var scaled = beta == 1 ? layer.Input : layer.Add("Mul", layer.Input, layer.Number(beta));
        var bent = layer.Add("Softplus", scaled);
        var value = beta == 1 ? bent : layer.Add("Div", bent, layer.Number(beta));
        // Above 20 both are the same number of float32.
        return threshold >= Threshold.Value ? value : layer.Add("Where", layer.Add("Greater", scaled, layer.Number(threshold)), layer.Input, value);
    }
}
