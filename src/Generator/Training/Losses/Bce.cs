namespace ModelGen.Training;

internal sealed class Bce : LossKind
{
    public override string Keyword => "bce";

    public override string Doc => "Binary cross entropy of each label, -ln(output) where it holds and -ln(1 - output) where not; the network ends with sigmoid";

    public override TaskKind Task => TaskKind.MultiLabel;

    protected override string TorchFunction => "binary_cross_entropy";

    public override bool TakesProbabilities => true;

    protected override string Head => "sigmoid";
}
