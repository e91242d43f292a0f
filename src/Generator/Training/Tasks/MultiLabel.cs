using ModelGen.Emit;

namespace ModelGen.Training;

/// <summary>Any number of labels hold for a sample: each output says how likely one of them does.</summary>
internal sealed class MultiLabel : TaskKind
{
    public override string Learns => "labels that each hold or not";

    public override string Owner => "A multi-label network's";

    public override bool HasAccuracy => true;

    public override string? Range => "ZeroOrOne";

    public override bool HasAreas => true;

    public override string Measured => "loss and accuracy";

    public override string Totals => "MultiLabelTotals";

    public override string AnswerDoc(TrainingPlan plan) => $"[N, {Count(plan)}], float32: 1 for labels that hold and 0 for the others";

    public override string TotalsArguments(TrainingPlan plan, string place, string weights) =>
        $"labels: {Count(plan)}, threshold: {CSharpLiteral.Of(plan.Recipe.Loss.Threshold)}, {place}";
}
