using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AlphaDropout : ElementwiseLayer
{
    private static readonly Parameter<double> P = Parameter.Real("p", "The probability of a value to be dropped", 0, 0.5, max: 1, positional: true);

    public override string Keyword => "alpha_dropout";

    public override string AttributeName => "AlphaDropout";

    public override string Stem => "dropout";

    public override string Doc =>
        "Dropout behind selu: in training, sets each value to selu's lower end, -1.7581, with probability p, "
        + "then scales and shifts all so that mean 0 and variance 1 stay; any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [P];

    public override bool IsDropout => true;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new("AlphaDropout", KernelForm.Dropout, ("Length", output.ElementCount), ("Probability", settings.Get(P))) { Interface = "IDropout" };

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("p", settings.Get(P), isDefault: !settings.Has(P))];

    public override string Onnx(OnnxLayer layer) => layer.Input;
}
