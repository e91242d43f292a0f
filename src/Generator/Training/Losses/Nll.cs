namespace ModelGen.Training;

internal sealed class Nll : ClassLoss
{
    public override string Keyword => "nll";

    public override string Doc => "Negative log likelihood, -output[label]; the network ends with log_softmax";

    public override string Probabilities => "output.exp()";

    public override string KernelProbabilities => "Exp";

    protected override string TorchFunction => "nll_loss";

    protected override string Head => "log_softmax";
}
