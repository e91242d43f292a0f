using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class DropPath : ElementwiseLayer
{
    private static readonly Parameter<double> P = Parameter.Real("p", "The probability of a sample to be dropped", 0, 0.5, max: 1, positional: true);

    public override string Keyword => "drop_path";

    public override string AttributeName => "DropPath";

    public override string Stem => "drop_path";

    public override string Doc => "In training, sets whole samples to zero with probability p and scales the rest by 1 / (1 - p): stochastic depth, before an add; any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [P];

    public override bool IsDropout => true;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new("DropPath", KernelForm.Dropout, ("Length", output.ElementCount), ("Probability", settings.Get(P))) { Interface = "IDropout" };

    public override string TorchType => "global::ModelGen.Torch.DropPath";

    public override string TorchFactory => "new " + TorchType;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("p", settings.Get(P))];

    public override string Onnx(OnnxLayer layer) => layer.Input;
}
