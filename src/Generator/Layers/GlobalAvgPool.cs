namespace ModelGen.Layers;

internal sealed class GlobalAvgPool : GlobalPooling
{
    public override string Keyword => "global_avg_pool";

    public override string AttributeName => "GlobalAvgPool";

    public override string Doc => "The average of each channel over a whole signal, image or volume: [N, C, …] to [N, C]";

    protected override string Method => "mean";

    protected override string OnnxOperator => "GlobalAveragePool";

    protected override string KernelName => "Mean";

    protected override KernelReads Reads => KernelReads.Nothing;
}
