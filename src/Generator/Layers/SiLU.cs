namespace ModelGen.Layers;

internal sealed class SiLU : ElementwiseLayer
{
    public override string Keyword => "silu";

    public override string AttributeName => "SiLU";

    public override string Stem => "silu";

    public override string Doc => "Sigmoid linear unit, x sigmoid(x), also known as swish, on each value: any shape to the same shape";

    protected override string Activation => "SiLU";

    public override string Onnx(OnnxLayer layer) => layer.Add("Mul", layer.Input, layer.Add("Sigmoid", layer.Input));
}
