namespace ModelGen.Layers;

internal sealed class Mul() : ElementwiseMerge("The layers whose outputs what flows in is multiplied with")
{
    public override string Keyword => "mul";

    public override string AttributeName => "Mul";

    public override string Stem => "mul";

    public override string Doc => "The product of what flows in and of earlier outputs, value by value: equal shapes to the same shape; a size of 1 is repeated";

    protected override string Method => "mul";

    protected override string OnnxOperator => "Mul";

    protected override string KernelName => "Multiplication";

    protected override int MostInputs => 2;

    protected override KernelReads Reads => KernelReads.Inputs;
}
