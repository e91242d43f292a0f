namespace ModelGen.Layers;

internal sealed class ReLU : ElementwiseLayer
{
    public override string Keyword => "relu";

    public override string AttributeName => "ReLU";

    public override string Stem => "relu";

    public override string Doc => "Rectified linear unit, max(x, 0), on each value: any shape to the same shape";

    public override string NeverGives => "below 0";

    public override bool IsMonotone(Settings settings) => true;

    public override bool RunsInPlace => true;

    protected override string Activation => "ReLU";

    public override string Onnx(OnnxLayer layer) => layer.Add("Relu", layer.Input);
}
