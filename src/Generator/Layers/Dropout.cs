using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Dropout : ElementwiseLayer
{
    private static readonly Parameter<double> P = Parameter.Real("p", "The probability of a value to be dropped", 0, 0.5, max: 1, positional: true);

    public override string Keyword => "dropout";

    public override string AttributeName => "Dropout";

    public override string Stem => "dropout";

    public override string Doc => "In training, sets each value to zero with probability p and scales the rest by 1 / (1 - p): any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [P];

    public override bool IsDropout => true;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new("Dropout", KernelForm.Dropout, ("Length", output.ElementCount), ("Probability", settings.Get(P)));

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("p", settings.Get(P), isDefault: !settings.Has(P))];

    public override string Onnx(OnnxLayer layer) => layer.Add("Dropout", layer.Input, layer.Number(layer.Get(P)));
}
