using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>What a file holds for a network, by the roles of its columns.</summary>
/// <param name="path">The file.</param>
/// <param name="format">The roles.</param>
internal sealed class TableRows(string path, TableFormat format)
{
    private readonly TableFile _file = TableFile.Read(path, format);

    /// <summary>The columns that the network sees, in its order: those of the format, or all without another role.</summary>
    public IReadOnlyList<string> FeatureNames => format.Features
        ?? [.. _file.Columns.Where(name => name != format.Label && !format.Targets.Contains(name))];

    /// <summary>The line of the file on which each row begins, from 1.</summary>
    public IReadOnlyList<int> Lines => _file.Lines;

    /// <summary>The classes that there are, in ordinal order.</summary>
    public IReadOnlyList<string> Classes()
    {
        var column = _file.Find(format.Label!);
        return [.. Enumerable.Range(0, _file.Count).Select(row => Label(row, column)).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The rows' features, row after row.</summary>
    /// <param name="names">The columns.</param>
    /// <param name="expected">How many the network takes.</param>
    /// <exception cref="ModelGenException">They are more or fewer, one is not there, or a cell holds no number.</exception>
    public float[] Features(IReadOnlyList<string> names, int expected)
    {
        if (names.Count != expected)
        {
            throw new ModelGenException(FormattableString.Invariant(
                $"'{path}' has {Quantity.Counted(names.Count, "column")} of features, but the network takes {expected}: name those that it takes by 'features', or change the input."));
        }

        return Numbers(names);
    }

    /// <summary>The set.</summary>
    /// <param name="features">The columns that the network sees.</param>
    /// <param name="expected">How many it takes.</param>
    /// <param name="classes">The classes in the order of their labels; empty where there are targets.</param>
    /// <exception cref="ModelGenException">A column is not there, a cell holds no number or not what a target can be, or a class is unknown.</exception>
    public TableSet Read(IReadOnlyList<string> features, int expected, IReadOnlyList<string> classes)
    {
        // Before features are counted: where a column is called otherwise, it would be one more of them.
        foreach (var name in format.Label is { } labelled ? [labelled] : format.Targets)
            _file.Find(name);
        var values = Features(features, expected);
        if (format.Label is null)
            return new TableSet(values, Targets(), format.Targets.Count);
        var labels = classes.Select((name, label) => (name, label)).ToDictionary(pair => pair.name, pair => pair.label, StringComparer.Ordinal);
        var column = _file.Find(format.Label);
        return new TableSet(values, [.. Enumerable.Range(0, _file.Count).Select(Class)], classes);

        int Class(int row) => labels.TryGetValue(Label(row, column), out var label)
            ? label
            : throw _file.Wrong(
                row,
                column,
                $"holds the class '{_file.Text(row, column)}', which is none of {(format.Classes is null ? "the training set's" : "those that the spec declares")}: {Quantity.Listed(classes)}");
    }

    private string Label(int row, int column) => _file.Text(row, column) is { Length: > 0 } name
        ? name
        : throw _file.Wrong(row, column, "is empty: write the row's class, or leave the row out");

    private float[] Targets()
    {
        var values = Numbers(format.Targets);
        var columns = format.Targets.Select(_file.Find).ToArray();
        for (var row = 0; row < _file.Count; row++)
        {
            if (TargetMisfit.Find(values.AsSpan(row * columns.Length, columns.Length), format.Range) is not { } wrong)
                continue;
            var found = wrong.Column is { } of
                ? $"holds '{_file.Text(row, columns[of])}'"
                : FormattableString.Invariant($"ends a row of probabilities whose sum is {wrong.Value:0.####}");
            throw _file.Wrong(row, columns[wrong.Column ?? columns.Length - 1], $"{found}, but {wrong.Expected}");
        }

        return values;
    }

    private float[] Numbers(IReadOnlyList<string> names)
    {
        var columns = names.Select(_file.Find).ToArray();
        var values = new float[(long)_file.Count * columns.Length];
        for (var row = 0; row < _file.Count; row++)
        {
            for (var i = 0; i < columns.Length; i++)
                values[(row * columns.Length) + i] = _file.Number(row, columns[i]);
        }

        return values;
    }
}
