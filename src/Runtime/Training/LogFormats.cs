namespace ModelGen.Training;

/// <summary>The forms in which a run writes its epochs down, as it goes. They can be combined.</summary>
[Flags]
public enum LogFormats
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>metrics.jsonl</c>: one JSON object an epoch.</summary>
    Jsonl = 1,

    /// <summary><c>metrics.csv</c>: a header, then one row an epoch.</summary>
    Csv = 2,

    /// <summary>Event files that TensorBoard shows: <c>tensorboard --logdir</c> takes the output folder or one above it.</summary>
    TensorBoard = 4,
}
