namespace ModelGen.Layers;

internal sealed class Sigmoid : ElementwiseLayer
{
    public override string Keyword => "sigmoid";

    public override string AttributeName => "Sigmoid";

    public override string Stem => "sigmoid";

    public override string Doc => "Logistic sigmoid, 1 / (1 + exp(-x)), on each value: any shape to the same shape";

    public override bool IsMonotone(Settings settings) => true;

    protected override string Activation => "Sigmoid";

    public override string Onnx(OnnxLayer layer) => layer.Add("Sigmoid", layer.Input);
}
