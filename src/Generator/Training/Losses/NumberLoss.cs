namespace ModelGen.Training;

/// <summary>A loss of predicted numbers, averaged over samples and targets.</summary>
internal abstract class NumberLoss : LossKind
{
    public override TaskKind Task => TaskKind.Regression;
}
