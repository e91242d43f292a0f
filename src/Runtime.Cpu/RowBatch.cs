using ModelGen.Data;

namespace ModelGen.Cpu;

/// <summary>The rows of one batch. It is valid until the enumeration that gave it moves on: it is used again for the next.</summary>
public sealed class RowBatch
{
    private readonly int[] _labels;
    private TableBatch? _rows;

    internal RowBatch(int capacity) => _labels = new int[capacity];

    /// <summary>The number of rows: the batch size, or fewer in the last batch.</summary>
    public int Count => _rows?.Count ?? 0;

    /// <summary>The features: <c>[N, F]</c>, row after row.</summary>
    public ReadOnlySpan<float> Features => _rows is null ? [] : _rows.Features;

    /// <summary>The numbers to predict: <c>[N, T]</c>, row after row; empty where rows have classes.</summary>
    public ReadOnlySpan<float> Targets => _rows is null ? [] : _rows.Targets;

    /// <summary>The classes: <c>[N]</c>; empty where rows have targets.</summary>
    public ReadOnlySpan<int> Labels => _rows is null ? [] : _labels.AsSpan(0, _rows.Labels.Length);

    /// <summary>Replaces the content.</summary>
    internal void Take(TableBatch rows)
    {
        _rows = rows;
        Elements.Narrow(rows.Labels, _labels);
    }
}
