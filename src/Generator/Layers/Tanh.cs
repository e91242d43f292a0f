namespace ModelGen.Layers;

internal sealed class Tanh : ElementwiseLayer
{
    public override string Keyword => "tanh";

    public override string AttributeName => "Tanh";

    public override string Stem => "tanh";

    public override string Doc => "Hyperbolic tangent, tanh(x), on each value: any shape to the same shape";

    public override string NeverGives => "above 1";

    public override bool IsMonotone(Settings settings) => true;

    protected override string Activation => "Tanh";

    public override string Onnx(OnnxLayer layer) => layer.Add("Tanh", layer.Input);
}
