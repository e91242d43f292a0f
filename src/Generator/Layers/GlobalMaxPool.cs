namespace ModelGen.Layers;

internal sealed class GlobalMaxPool : GlobalPooling
{
    public override string Keyword => "global_max_pool";

    public override string AttributeName => "GlobalMaxPool";

    public override string Doc => "The largest value of each channel over a whole signal, image or volume: [N, C, …] to [N, C]";

    protected override string Method => "amax";

    protected override string OnnxOperator => "GlobalMaxPool";

    protected override string KernelName => "Amax";

    protected override KernelReads Reads => KernelReads.Inputs;
}
