namespace ModelGen.Layers;

internal sealed class SELU : ElementwiseLayer
{
    public override string Keyword => "selu";

    public override string AttributeName => "SELU";

    public override string Stem => "selu";

    public override string Doc =>
        "Scaled exponential linear unit, 1.0507 (max(x, 0) + min(0, 1.6733 (exp(x) - 1))), on each value: any shape to the same shape";

    public override bool IsMonotone(Settings settings) => true;

    protected override string Activation => "SELU";

    public override string Onnx(OnnxLayer layer) => layer.Add("Selu", layer.Input);
}
