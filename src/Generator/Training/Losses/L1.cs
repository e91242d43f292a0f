namespace ModelGen.Training;

internal sealed class L1 : NumberLoss
{
    public override string Keyword => "l1";

    public override string Doc => "Mean absolute error, |output - target|";

    protected override string TorchFunction => "l1_loss";
}
