using ModelGen.Reporting;

namespace ModelGen.CommandLine;

/// <summary>What a network says of one sample: a line of what <c>predict</c> prints.</summary>
/// <param name="Path">The sample: an image's path as it was given, or that of a table with the row behind it.</param>
public abstract record Prediction(string Path)
{
    /// <summary>What the columns behind the path are called.</summary>
    internal abstract IReadOnlyList<string> Columns { get; }

    /// <summary>A text for each of them.</summary>
    internal abstract IReadOnlyList<string> Cells { get; }

    /// <summary>What the first number that is not finite is called; null when all are.</summary>
    internal abstract string? Diverged { get; }
}

/// <summary>What a network takes one sample for.</summary>
/// <param name="Path">As there.</param>
/// <param name="Label">The name of the most likely class.</param>
/// <param name="Probability">How likely the network finds it: 0 to 1.</param>
public sealed record ClassPrediction(string Path, string Label, double Probability) : Prediction(Path)
{
    /// <inheritdoc/>
    internal override IReadOnlyList<string> Columns { get; } = ["class", "probability"];

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Cells => [Label, Quantity.Score(Probability)];

    /// <inheritdoc/>
    internal override string? Diverged => double.IsFinite(Probability) ? null : "probability";
}

/// <summary>The numbers that a network predicts for one sample.</summary>
/// <param name="Path">As there.</param>
/// <param name="Targets">What the numbers are called.</param>
/// <param name="Values">A number for each of them, in the target's unit.</param>
public sealed record NumberPrediction(string Path, IReadOnlyList<string> Targets, IReadOnlyList<float> Values) : Prediction(Path)
{
    /// <inheritdoc/>
    internal override IReadOnlyList<string> Columns => Targets;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Cells => [.. Values.Select(value => Quantity.Score(value))];

    /// <inheritdoc/>
    internal override string? Diverged => Targets.Zip(Values).FirstOrDefault(number => !float.IsFinite(number.Second)).First;
}
