namespace ModelGen.Training;

/// <summary>Each sample has numbers: the outputs are what they are thought to be.</summary>
internal sealed class Regression : TaskKind
{
    public override string Learns => "numbers";

    public override string Owner => "A regression's";

    public override bool HasAccuracy => false;

    public override string Measured => "loss and errors";

    public override string Totals => "RegressionTotals";

    public override string AnswerDoc(TrainingPlan plan) => $"[N, {Count(plan)}], float32: the numbers to predict";

    public override string TotalsArguments(TrainingPlan plan, string place, string weights) => $"targets: {Count(plan)}, {place}";
}
