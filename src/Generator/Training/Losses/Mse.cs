namespace ModelGen.Training;

internal sealed class Mse : NumberLoss
{
    public override string Keyword => "mse";

    public override string Doc => "Mean squared error, (output - target)^2";

    public override bool IsUsual => true;

    protected override string TorchFunction => "mse_loss";
}
