namespace ModelGen;

/// <summary>
/// The network learns from CSV files: rows of numbers, with a column that is their class or with columns that are to be predicted. Which file is an
/// option of the run. Columns are named as in the file's first line.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CsvAttribute : Attribute
{
    /// <summary>The column with the class of a row; its values are the classes, in ordinal order. For losses of classes. Default: none.</summary>
    public string Label { get; set; } = "";

    /// <summary>The columns with the numbers to predict, one per output of the network. For all other losses. Default: none.</summary>
    public string[] Targets { get; set; } = [];

    /// <summary>The columns that the network sees, in its order: one per number of the input. Default: all others, in the file's order.</summary>
    public string[] Features { get; set; } = [];

    /// <summary>What stands between two values: one character, such as a semicolon or a tab. Default: a comma.</summary>
    public string Delimiter { get; set; } = ",";

    /// <summary>Whether the first line names the columns; without it they are column1, column2 and so on. Default: true.</summary>
    public bool Header { get; set; } = true;

    /// <summary>
    /// The classes that <see cref="Label"/> may hold, in the order of their labels: one or more texts, all different and each of 1 to 100 characters.
    /// Default: those of the training set, in ordinal order.
    /// </summary>
    public string[] Classes { get; set; } = [];

    /// <summary>How many training rows there are, at least 1, for what the build can check; a run takes what it finds. Default: unknown.</summary>
    public int TrainRows { get; set; }

    /// <summary>What is subtracted from each feature before it is divided by <see cref="Std"/>: one number per feature, together with <see cref="Std"/>. Default: values stay as they are.</summary>
    public double[] Mean { get; set; } = [];

    /// <summary>What each feature is divided by after <see cref="Mean"/> is subtracted: one number above 0 per feature. Default: as there.</summary>
    public double[] Std { get; set; } = [];
}
