using System.Runtime.InteropServices;

namespace ModelGen.Formats.Onnx;

/// <summary>A value of a graph that the spec decides and no training changes.</summary>
public sealed class OnnxConstant
{
    private OnnxConstant(string name, StoredTensor tensor) => (Name, Tensor) = (name, tensor);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The value.</summary>
    internal StoredTensor Tensor { get; }

    /// <summary>Whole numbers (int64).</summary>
    /// <param name="name">Their name.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="shape">Their sizes; null for one dimension.</param>
    public static OnnxConstant Integers(string name, long[] values, long[]? shape = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new(name, new StoredTensor(ElementType.Int64, shape ?? [values.Length], MemoryMarshal.AsBytes<long>(values).ToArray()));
    }

    /// <summary>One whole number (int64), without a dimension.</summary>
    public static OnnxConstant Integer(string name, long value) => Integers(name, [value], []);

    /// <summary>One real number (float32), without a dimension.</summary>
    public static OnnxConstant Number(string name, double value) => Numbers(name, [(float)value], []);

    /// <summary>The same number everywhere.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">The number.</param>
    /// <param name="shape">The sizes.</param>
    public static OnnxConstant Filled(string name, double value, params long[] shape)
    {
        var values = new float[checked((int)shape.Aggregate(1L, (count, size) => checked(count * size)))];
        Array.Fill(values, (float)value);
        return Numbers(name, values, shape);
    }

    /// <summary>What an image's sizes are multiplied with: 1 for the batch and the channels, and a factor for each direction.</summary>
    public static OnnxConstant Scales(string name, long rank, double factor) =>
        Numbers(name, [.. Enumerable.Range(0, checked((int)rank)).Select(dim => dim < 2 ? 1 : (float)factor)], [rank]);

    /// <summary>[length, seen]: minus infinity where a position would see one behind itself, else 0.</summary>
    public static OnnxConstant Causal(string name, long length, long seen) => Table(name, length, seen, (row, column) => column > row ? float.NegativeInfinity : 0);

    /// <summary>[length, features]: the sines and cosines of positions, as <c>SinusoidalEmbedding</c> adds them.</summary>
    public static OnnxConstant Sinusoids(string name, long length, long features) =>
        Table(name, length, features, (position, feature) => Sinusoid(position, feature, features));

    /// <summary>A matrix whose product with values along a direction are their averages in windows, as <c>AdaptiveAvgPool</c> places those.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="from">How many values there are.</param>
    /// <param name="to">How many averages.</param>
    /// <param name="isLeft">Whether it stands left of the values, as [to, from], rather than right of them, as [from, to].</param>
    public static OnnxConstant Averages(string name, long from, long to, bool isLeft)
    {
        return isLeft ? Table(name, to, from, (place, value) => Share(value, place)) : Table(name, from, to, Share);

        float Share(long value, long place)
        {
            var (first, end) = (place * from / to, (((place + 1) * from) + to - 1) / to);
            return value >= first && value < end ? 1f / (end - first) : 0;
        }
    }

    /// <summary>"Attention Is All You Need", 2017, section 3.5: position / 10000^(2i / E), its sine for even features and its cosine for odd ones.</summary>
    internal static float Sinusoid(long position, long feature, long features)
    {
        var angle = position / Math.Pow(10_000, (feature - (feature % 2)) / (double)features);
        return (float)(feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
    }

    private static OnnxConstant Numbers(string name, float[] values, long[] shape) =>
        new(name, new StoredTensor(ElementType.Float32, shape, MemoryMarshal.AsBytes<float>(values).ToArray()));

    private static OnnxConstant Table(string name, long rows, long columns, Func<long, long, float> value)
    {
        var values = new float[checked(rows * columns)];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(i / columns, i % columns);
        return Numbers(name, values, [rows, columns]);
    }
}
