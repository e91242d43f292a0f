namespace ModelGen.Training;

internal sealed class BceWithLogits : LossKind
{
    public override string Keyword => "bce_with_logits";

    public override string Doc => "sigmoid and binary cross entropy of each label in one; the network ends with linear";

    public override TaskKind Task => TaskKind.MultiLabel;

    public override string Probabilities => "output.sigmoid()";

    public override double Threshold => 0;

    public override string[] Applies => ["sigmoid", "softmax", "log_softmax"];

    public override string KernelProbabilities => "Sigmoid";

    protected override string TorchFunction => "binary_cross_entropy_with_logits";
}
