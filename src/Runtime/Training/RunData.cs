using ModelGen.Data;

namespace ModelGen.Training;

/// <summary>What a run must know of its data, whatever kind it is: <see cref="ImageData"/> or <see cref="TableData"/>.</summary>
public abstract record RunData
{
    private protected RunData(string description) => Description = description;

    /// <summary>What was found, as one line for the user.</summary>
    public string Description { get; init; }

    /// <summary>The names of the classes, in the order of their labels; empty where none are told apart.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    /// <summary>The description with what it took to have the data this time, which is to be told and not to be kept.</summary>
    internal virtual string Told => Description;

    /// <summary>What a sample is called, in the plural: <c>images</c>, <c>rows</c>.</summary>
    internal abstract string Unit { get; }

    /// <summary>The number of training samples.</summary>
    internal abstract int TrainCount { get; }

    /// <summary>The number of samples that each epoch is judged by; 0 without any.</summary>
    internal abstract int TestCount { get; }

    /// <summary>What these are called.</summary>
    internal JudgingSet Judging { get; init; } = JudgingSet.Test;

    /// <summary>Whether there is a test set that the run does not look at, because a share of the training set judges its epochs.</summary>
    internal bool LeavesTest { get; init; }

    /// <summary>What each epoch is judged by as pictures, for the report; null where they are none.</summary>
    internal virtual ImageSet? TestImages => null;

    /// <summary>SHA-256, in hexadecimal, of all that a network sees of the data, and of its order. Reads everything.</summary>
    internal abstract string Hash();
}
