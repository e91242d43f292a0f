namespace ModelGen.Layers;

internal sealed class Mean : Reduction
{
    public override string Keyword => "mean";

    public override string AttributeName => "Mean";

    public override string Doc => "The average over the dimensions dim: [N, L, F] to [N, F] for dim 1";

    protected override string OnnxOperator => "ReduceMean";

    protected override KernelReads Reads => KernelReads.Nothing;
}
