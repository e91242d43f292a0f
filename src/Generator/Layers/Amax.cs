namespace ModelGen.Layers;

internal sealed class Amax : Reduction
{
    public override string Keyword => "amax";

    public override string AttributeName => "Amax";

    public override string Doc => "The largest value over the dimensions dim: [N, L, F] to [N, F] for dim 1";

    public override bool TakesAny => true;

    protected override string OnnxOperator => "ReduceMax";

    protected override KernelReads Reads => KernelReads.Inputs;
}
