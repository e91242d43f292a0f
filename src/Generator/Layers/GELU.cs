namespace ModelGen.Layers;

internal sealed class GELU : ElementwiseLayer
{
    public override string Keyword => "gelu";

    public override string AttributeName => "GELU";

    public override string Stem => "gelu";

    public override string Doc => "Gaussian error linear unit in its exact form, x times the normal distribution function of x, on each value: any shape to the same shape";
}
