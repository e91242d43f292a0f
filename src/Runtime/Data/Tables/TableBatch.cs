namespace ModelGen.Data;

/// <summary>The rows of one batch. It is valid until the enumeration that gave it moves on: its memory is used again for a later batch.</summary>
public sealed class TableBatch
{
    private readonly float[] _features;
    private readonly float[] _targets;
    private readonly long[] _labels;
    private readonly int _capacity;

    internal TableBatch(int capacity, TableSet rows)
    {
        _capacity = capacity;
        _features = new float[capacity * rows.FeatureCount];
        _targets = new float[capacity * rows.TargetCount];
        _labels = new long[rows.TargetCount == 0 ? capacity : 0];
    }

    /// <summary>The number of rows: the batch size, or fewer in the last batch.</summary>
    public int Count { get; private set; }

    /// <summary>The features: <c>[N, F]</c>, row after row.</summary>
    public ReadOnlySpan<float> Features => _features.AsSpan(0, Count * (_features.Length / _capacity));

    /// <summary>The numbers to predict: <c>[N, T]</c>, row after row; empty where rows have classes.</summary>
    public ReadOnlySpan<float> Targets => _targets.AsSpan(0, Count * (_targets.Length / _capacity));

    /// <summary>The classes: <c>[N]</c>, 64-bit as PyTorch's losses take them; empty where rows have targets.</summary>
    public ReadOnlySpan<long> Labels => _labels.AsSpan(0, Math.Min(Count, _labels.Length));

    /// <summary>Replaces the content with the rows at <paramref name="indices"/>.</summary>
    internal void Fill(TableSet rows, ReadOnlySpan<int> indices)
    {
        Count = indices.Length;
        for (var i = 0; i < indices.Length; i++)
        {
            rows.Features(indices[i]).CopyTo(_features.AsSpan(i * rows.FeatureCount));
            if (rows.TargetCount > 0)
                rows.Targets(indices[i]).CopyTo(_targets.AsSpan(i * rows.TargetCount));
            else
                _labels[i] = rows.Label(indices[i]);
        }
    }
}
