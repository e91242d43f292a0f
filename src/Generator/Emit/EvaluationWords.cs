using System.Collections.Generic;
using ModelGen.Training;

namespace ModelGen.Emit;

/// <summary>What of a trainer's evaluation depends on the task, as lines of C#; null leaves no line.</summary>
internal sealed class EvaluationWords(TrainingPlan plan, BackendWords words)
{
    private bool HasDetails => plan.Task.HasDetails;

    private bool HasAreas => plan.Task.HasAreas;

    /// <summary>How the constructor makes what an evaluation keeps.</summary>
    public IReadOnlyList<string?> NewDetails =>
    [
        HasDetails ? $"Details = new {words.Namespace}EvaluationDetails(classes: {CSharpLiteral.Of(plan.Classes)}, keep: 24{(words.IsTorch ? ", Device" : "")});" : null,
    ];

    /// <summary>The property that keeps it, and an empty line behind it.</summary>
    public void WriteDetails(CodeWriter writer)
    {
        if (!HasDetails)
            return;
        writer.Write($$"""
            /// <summary>What the last evaluation took the {{(plan.Table is null ? "images" : "rows")}} of each class for, and its surest mistakes.</summary>
            public {{words.Namespace}}EvaluationDetails Details { get; }

            """);
    }

    /// <summary>What goes into the report beside the scores, as an argument.</summary>
    public string DetailsArgument => HasDetails ? ", Details" : "";

    /// <summary>How an evaluation begins.</summary>
    public IReadOnlyList<string?> Start => [HasDetails ? "Details.Reset();" : null, HasAreas ? NewAreas : null];

    private string NewAreas => words.IsTorch
        ? $"using var areas = new {words.Namespace}AurocTotals();"
        : $"var areas = new {words.Namespace}AurocTotals(columns: {CSharpLiteral.Of(plan.Classes)});";

    /// <summary>What becomes of a batch's output.</summary>
    public IReadOnlyList<string?> Judge =>
    [
        HasDetails ? $"using var probabilities = {plan.Recipe.Loss.Probabilities};" : null,
        $"totals.Add(loss, output, batch.{plan.Task.Answer});",
        HasDetails ? "Details.Add(probabilities, batch.Label);" : null,
        HasAreas ? $"areas.Add(output, batch.{plan.Task.Answer});" : null,
    ];

    /// <summary>What the scores have beside the totals', behind the call that reads those.</summary>
    public string More => HasAreas ? " with { Auroc = areas.Read() }" : "";

    /// <summary>How what is kept is freed.</summary>
    public IReadOnlyList<string?> Dispose => [HasDetails ? "Details.Dispose();" : null];
}
