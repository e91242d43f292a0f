using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class ClassToken : SequenceLayer
{
    public override string Keyword => "class_token";

    public override string AttributeName => "ClassToken";

    public override string Stem => "class_token";

    public override string Doc => "Puts one trained position before all others, a tensor [1, 1, E] under the layer's own name: [N, L, E] to [N, L + 1, E]";

    public override bool IsOnlyItsOutput => true;

    protected override Inference Infer(Settings settings, TensorShape input, long length, long features) => TensorShape.Of(checked(length + 1), features);

    public override long CountParameters(Settings settings, TensorShape input) => input[1];

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new("ClassToken", KernelForm.Samples, ("Length", inputs[0][0]), ("Features", inputs[0][1]))
        {
            Interface = "ISequence",
            Parameters = [new("", [1, 1, inputs[0][1]], "Constant({0}, 0)")],
        };

    public override string TorchType => "global::TorchSharp.Modules.Parameter";

    public override string TorchFactory => "global::ModelGen.Torch.Sequences.ClassToken";

    public override string TorchRegistration => "register_parameter";

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("features", input[1])];

    public override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"global::ModelGen.Torch.Sequences.Prepend({module}, {inputs[0]})";

    public override string Onnx(OnnxLayer layer)
    {
        var batch = layer.Add("Shape", [layer.Input], ("start", 0L), ("end", 1L));
        var tokens = layer.Add("Expand", layer.Key, layer.Add("Concat", [batch, layer.Integers(1, layer.Shape[1])], ("axis", 0L)));
        return layer.Add("Concat", [tokens, layer.Input], ("axis", 1L));
    }
}
