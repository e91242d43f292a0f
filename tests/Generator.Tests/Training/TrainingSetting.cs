using ModelGen.Layers;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>One name of the training section, with all that take it: kinds may differ in the default.</summary>
internal sealed record TrainingSetting(Parameter Parameter, IReadOnlyList<(TrainingKind Kind, Parameter Parameter)> Takers)
{
    /// <summary>All names in the order of the catalogue.</summary>
    public static IReadOnlyList<TrainingSetting> All { get; } = [.. TrainingParameters.All.Select(parameter => new TrainingSetting(
        parameter,
        [.. TrainingParameters.Choices.SelectMany(choice => choice.Kinds).SelectMany(kind => kind.Parameters.Where(own => own.Name == parameter.Name).Select(own => (kind, own)))]))];

    /// <summary>Whether it has no default at all, or one only for some kinds.</summary>
    public bool IsRequired => Takers.Count == 0 ? Parameter.IsRequired : Takers.Any(taker => taker.Parameter.IsRequired);

    /// <summary>The default of all that take it; null when they differ.</summary>
    public string? Default => Takers.Select(taker => taker.Parameter.Fallback).Distinct().Count() < 2 ? Parameter.Fallback : null;

    /// <summary>The defaults in words: <c>0.01 (adagrad, rmsprop), 0.001 (adam)</c>.</summary>
    public string Defaults => Takers.All(taker => taker.Parameter.IsRequired) ? "required" : Default ?? string.Join(", ", Takers.GroupBy(taker => taker.Parameter.Fallback ?? "required").Select(same => $"{same.Key} ({string.Join(", ", same.Select(taker => taker.Kind.Keyword))})"));

    /// <summary>What takes it, where not every loss, optimizer or schedule does: <c> Of adam, adamw.</c></summary>
    public string Of => Takers.Count == 0 || TrainingParameters.Choices.Any(choice => choice.Kinds.Count == Takers.Count && choice.Kinds.Contains(Takers[0].Kind)) ? "" : $" Of {string.Join(", ", Takers.Select(taker => taker.Kind.Keyword))}.";
}
