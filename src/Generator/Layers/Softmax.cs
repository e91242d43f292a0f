using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Softmax : LayerKind
{
    public override string Keyword => "softmax";

    public override string AttributeName => "Softmax";

    public override string Stem => "softmax";

    public override string Doc => "Softmax, exp(x) / sum exp(x), along dim: any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [SoftmaxDimension.Dim];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) => SoftmaxDimension.Infer(settings, input);

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        SoftmaxDimension.KernelFor("Softmax", settings, output);

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("dim", settings.Get(SoftmaxDimension.Dim))];

    public override string Onnx(OnnxLayer layer) => layer.Add("Softmax", [layer.Input], ("axis", layer.Get(SoftmaxDimension.Dim)));
}
