namespace ModelGen.Layers;

internal sealed class Hardsigmoid : ElementwiseLayer
{
    public override string Keyword => "hardsigmoid";

    public override string AttributeName => "Hardsigmoid";

    public override string Stem => "hardsigmoid";

    public override string Doc => "Sigmoid by straight lines, min(max(x + 3, 0), 6) / 6, on each value: any shape to the same shape";

    public override string NeverGives => "below 0";

    public override bool IsMonotone(Settings settings) => true;

    protected override string Activation => "Hardsigmoid";

    public override string Onnx(OnnxLayer layer) => layer.Add("HardSigmoid", [layer.Input], ("alpha", 1 / 6.0), ("beta", 0.5));
}
