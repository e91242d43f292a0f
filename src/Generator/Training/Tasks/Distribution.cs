namespace ModelGen.Training;

/// <summary>Each sample has probabilities that are 1 together: the outputs' are to be like them.</summary>
internal sealed class Distribution : TaskKind
{
    public override string Learns => "probabilities";

    public override string Owner => "A distribution's";

    public override bool HasAccuracy => false;

    public override string? Range => "Probabilities";

    public override string Measured => "loss";

    public override string Totals => "LossTotals";

    public override string AnswerDoc(TrainingPlan plan) => $"[N, {Count(plan)}], float32: probabilities, 1 together";

    public override bool JudgesOutputs => false;
}
