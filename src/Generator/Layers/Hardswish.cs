namespace ModelGen.Layers;

internal sealed class Hardswish : ElementwiseLayer
{
    public override string Keyword => "hardswish";

    public override string AttributeName => "Hardswish";

    public override string Stem => "hardswish";

    public override string Doc => "Swish by straight lines, x min(max(x + 3, 0), 6) / 6, on each value: any shape to the same shape";

    protected override string Activation => "Hardswish";

    public override string Onnx(OnnxLayer layer) => layer.Add("HardSwish", layer.Input);
}
