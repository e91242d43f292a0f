using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>What of a training step depends on the loss and the data, as lines of C#; null leaves no line.</summary>
internal sealed class LossWords(ModelGraph graph, TrainingPlan plan)
{
    private const string Cpu = "global::ModelGen.Cpu.";

    /// <summary>The loss for its settings.</summary>
    public string Type => KernelWords.Namespace + plan.Recipe.Loss.Kernel + (plan.Recipe.Loss.KernelInterface is null ? "" : $"<{KernelWords.EndConstants}.Objective>");

    /// <summary>The class that adds up the scores.</summary>
    public string Totals => Cpu + plan.Task.Totals;

    public string Classes => CSharpLiteral.Of(plan.Classes);

    private bool HasClasses => plan.Task.HasClasses;

    private string Probabilities => $"{Cpu}Probabilities.{plan.Recipe.Loss.KernelProbabilities}";

    /// <summary>What makes the scores' sums.</summary>
    public string NewTotals => $"new {Totals}({plan.Task.TotalsArguments(plan, "_team.Workers", "isWeighted: true")})";

    /// <summary>One sample of a batch.</summary>
    public string Input(string batch)
    {
        var length = CSharpLiteral.Grouped(graph.Input.ElementCount);
        return plan.Table is null ? $"{batch}[n]" : $"{batch}.Features.Slice(n * {length}, {length})";
    }

    /// <summary>What a batch's mean is divided by.</summary>
    public string Divisor => $"{Type}.Divisor({(HasClasses ? "batch.Labels" : "batch.Count")})";

    /// <summary>What is right for sample n, as a variable.</summary>
    public string Right(string batch) => HasClasses ? $"var right = {batch}.Labels[n];" : $"var right = {batch}.Targets.Slice(n * {Classes}, {Classes});";

    /// <summary>Adds the loss and the scores of an output to <c>totals</c>.</summary>
    public string Count(string totals) => plan.Task.JudgesOutputs
        ? $"{totals}.Add(worker, {Type}.Value(output, right), output, right);"
        : $"{totals}.Add(worker, {Type}.Value(output, right));";

    /// <summary>What becomes of the outputs of a batch that was judged.</summary>
    public IReadOnlyList<string?> Judged =>
    [
        $"totals.EndBatch({Divisor});",
        plan.Task.HasDetails ? $"Details.Add(new(_outputs, 0, batch.Count * {Classes}), batch.Labels);" : null,
        plan.Task.HasAreas ? $"areas.Add(new(_outputs, 0, batch.Count * {Classes}), batch.Targets);" : null,
    ];

    /// <summary>Whether outputs of a judged batch are kept, for more than the scores.</summary>
    public bool KeepsOutputs => plan.Task.HasDetails || plan.Task.HasAreas;

    /// <summary>Keeps the output of sample n: as probabilities, where details are told.</summary>
    public string? Keep => !KeepsOutputs ? null
        : plan.Task.HasDetails && plan.Recipe.Loss.KernelProbabilities is not null ? $"{Probabilities}(output, new(_outputs, n * {Classes}, {Classes}));"
        : $"output.CopyTo(new(_outputs, n * {Classes}, {Classes}));";

    /// <summary>What becomes of the <c>output</c> of sample n.</summary>
    public IReadOnlyList<string?> Answer
    {
        get
        {
            var values = plan.Recipe.Loss.KernelProbabilities is null ? "output" : "probabilities";
            return
            [
                values == "output" ? null : $"{Probabilities}(output, probabilities);",
                HasClasses ? $"var (label, confidence) = {Cpu}Classes.MostLikely({values});" : null,
                HasClasses
                    ? $"predictions[n] = new Prediction({(plan.ClassNames is null ? "" : "(Label)")}label, confidence);"
                    : $"predictions[n] = new Prediction({string.Join(", ", Enumerable.Range(0, (int)plan.Classes).Select(i => $"{values}[{CSharpLiteral.Of(i)}]"))});",
            ];
        }
    }

    /// <summary>Room for probabilities, before a loop over samples.</summary>
    public IReadOnlyList<string?> Room =>
    [
        plan.Recipe.Loss.KernelProbabilities is null
            ? null
            : $"global::System.Span<float> probabilities = stackalloc float[{Classes}];"
    ];
}
