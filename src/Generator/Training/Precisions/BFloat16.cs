namespace ModelGen.Training;

internal sealed class BFloat16 : PrecisionKind
{
    public override string Keyword => "bfloat16";

    public override string Member => "BFloat16";

    public override string Doc => "bfloat16, 8 bits of mantissa, for convolutions, linear layers and attention, and float32 where PyTorch's autocast keeps it";

    public override bool IsAutocast => true;

    public override string Source => "torch.autocast";
}
