using ModelGen.Emit;

namespace ModelGen.Training;

/// <summary>Each sample has one class: the highest score is the answer.</summary>
internal sealed class Classification : TaskKind
{
    public override string Learns => "classes";

    public override string Owner => "A classifier's";

    public override string Outputs => "classes";

    public override bool HasClasses => true;

    public override bool HasAccuracy => true;

    public override string Answer => "Label";

    public override string Measured => "loss and accuracy";

    public override string Totals => "ClassificationTotals";

    public override string AnswerDoc(TrainingPlan plan) => $"[N], int64, 0 to {CSharpLiteral.Of(plan.Classes - 1)}";

    public override string TotalsArguments(TrainingPlan plan, string place, string weights) =>
        $"{place}{(plan.Recipe.TopK is { } k ? $", topK: {CSharpLiteral.Of(k)}" : "")}{(plan.Recipe.ClassWeights is null ? "" : ", " + weights)}";
}
