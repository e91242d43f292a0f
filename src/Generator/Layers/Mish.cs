namespace ModelGen.Layers;

internal sealed class Mish : ElementwiseLayer
{
    public override string Keyword => "mish";

    public override string AttributeName => "Mish";

    public override string Stem => "mish";

    public override string Doc => "Mish, x tanh(ln(1 + exp(x))), on each value: any shape to the same shape";

    protected override string Activation => "Mish";

    public override string Onnx(OnnxLayer layer) => layer.Add("Mul", layer.Input, layer.Add("Tanh", layer.Add("Softplus", layer.Input)));
}
