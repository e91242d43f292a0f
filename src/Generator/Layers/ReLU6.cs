namespace ModelGen.Layers;

internal sealed class ReLU6 : ElementwiseLayer
{
    public override string Keyword => "relu6";

    public override string AttributeName => "ReLU6";

    public override string Stem => "relu6";

    public override string Doc => "Rectified linear unit with an upper end, min(max(x, 0), 6), on each value: any shape to the same shape";

    public override string NeverGives => "below 0";

    public override bool IsMonotone(Settings settings) => true;

    public override bool RunsInPlace => true;

    protected override string Activation => "ReLU6";

    public override string Onnx(OnnxLayer layer) => layer.Add("Clip", layer.Input, layer.Number(0), layer.Number(6));
}
