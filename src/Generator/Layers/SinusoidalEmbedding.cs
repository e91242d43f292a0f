using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class SinusoidalEmbedding : SequenceLayer
{
    public override string Keyword => "sinusoidal_embedding";

    public override string AttributeName => "SinusoidalEmbedding";

    public override string Stem => "pos_encoding";

    public override string Doc => "Adds sines and cosines of position / 10000^(2i / E) to each position, which are not trained: [N, L, E] to the same shape";

    public override bool IsOnlyItsOutput => true;

    protected override Inference Infer(Settings settings, TensorShape input, long length, long features) => input;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new("SinusoidalEmbedding", KernelForm.Plain, ("Length", inputs[0][0]), ("Features", inputs[0][1])) { Interface = "ISequence", Reads = KernelReads.Nothing };

    public override string TorchType => "global::ModelGen.Torch.SinusoidalEmbedding";

    public override string TorchFactory => "new " + TorchType;

    public override string Onnx(OnnxLayer layer) => layer.Add("Add", layer.Input, layer.Constant("Sinusoids", layer.Shape[0], layer.Shape[1]));
}
