using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class LogSoftmax : LayerKind
{
    public override string Keyword => "log_softmax";

    public override string AttributeName => "LogSoftmax";

    public override string Stem => "log_softmax";

    public override string Doc => "The logarithm of softmax, x - log sum exp(x), along dim: any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [SoftmaxDimension.Dim];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) => SoftmaxDimension.Infer(settings, input);

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        SoftmaxDimension.KernelFor("LogSoftmax", settings, output);

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("dim", settings.Get(SoftmaxDimension.Dim))];

    public override string Onnx(OnnxLayer layer) => layer.Add("LogSoftmax", [layer.Input], ("axis", layer.Get(SoftmaxDimension.Dim)));
}
