using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class PositionalEmbedding : SequenceLayer
{
    public override string Keyword => "positional_embedding";

    public override string AttributeName => "PositionalEmbedding";

    public override string Stem => "pos_embedding";

    public override string Doc => "Adds trained values to each position, one tensor [1, L, E] under the layer's own name: [N, L, E] to the same shape";

    public override bool IsOnlyItsOutput => true;

    protected override Inference Infer(Settings settings, TensorShape input, long length, long features) => input;

    public override long CountParameters(Settings settings, TensorShape input) => input.ElementCount;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new("PositionalEmbedding", KernelForm.Samples, ("Length", inputs[0][0]), ("Features", inputs[0][1]))
        {
            Interface = "ISequence",
            Parameters = [new("", [1, inputs[0][0], inputs[0][1]], "Normal(random, {0}, 0, 0.02)")],
        };

    public override string TorchType => "global::TorchSharp.Modules.Parameter";

    public override string TorchFactory => "global::ModelGen.Torch.Sequences.PositionalEmbedding";

    public override string TorchRegistration => "register_parameter";

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("length", input[0]), Argument.Of("features", input[1])];

    public override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) => $"{inputs[0]}.add({module})";

    public override string Onnx(OnnxLayer layer) => layer.Add("Add", layer.Input, layer.Key);
}
