namespace ModelGen.Data;

/// <summary>How a network reads tables: what their columns are to it, and how the file is written.</summary>
public sealed record TableFormat
{
    /// <summary>The column with the class of a row; null where rows have <see cref="Targets"/>.</summary>
    public string? Label { get; init; }

    /// <summary>The columns with the numbers to predict; empty where rows have a <see cref="Label"/>.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The columns that the network sees, in its order; null for all others, in the file's.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The classes that the label column may hold, in the order of their labels; null for those that the training set has, in ordinal order.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What stands between two values.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Whether the first line names the columns; without it they are called column1, column2 and so on.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>What the targets must be beside numbers.</summary>
    public TargetRange Range { get; init; }
}

/// <summary>What numbers can be targets.</summary>
public enum TargetRange
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>0 for no and 1 for yes.</summary>
    ZeroOrOne,

    /// <summary>From 0 to 1, and 1 together in each row.</summary>
    Probabilities,
}
