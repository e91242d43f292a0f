namespace ModelGen.Training;

/// <summary>What people read of the set that each epoch is judged by. The keys of files say <c>test</c> for either.</summary>
/// <param name="Name">As a line of the terminal has it: <c>val</c>.</param>
/// <param name="Words">As people read it: <c>validation</c>.</param>
internal sealed record JudgingSet(string Name, string Words)
{
    /// <summary>A set of its own.</summary>
    public static readonly JudgingSet Test = new("test", "test");

    /// <summary>A share of the training set that was held out.</summary>
    public static readonly JudgingSet Validation = new("val", "validation");

    /// <summary>The training set once more, of a run that is to learn it by heart: it says nothing of what was not learned from.</summary>
    public static readonly JudgingSet Overfit = new("overfit", "overfit");

    /// <summary>The words as a heading begins.</summary>
    public string Capitalized => char.ToUpperInvariant(Words[0]) + Words[1..];
}
