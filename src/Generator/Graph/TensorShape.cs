using System.Globalization;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Graph;

/// <summary>The sizes of a tensor behind its batch dimension; printed with it, as <c>[N, 16, 14, 14]</c>.</summary>
/// <param name="Sizes">The sizes, without the batch's.</param>
/// <param name="IsIndices">Whether its values are whole numbers (int64), rather than float32.</param>
internal readonly record struct TensorShape(EquatableArray<long> Sizes, bool IsIndices = false)
{
    /// <param name="sizes">The sizes, nobody else's from now on.</param>
    public static TensorShape Of(params long[] sizes) => new(EquatableArray<long>.Owning(sizes));

    /// <summary>The number of dimensions with the batch.</summary>
    public int Rank => Sizes.Count + 1;

    /// <summary>The size of dimension <paramref name="index"/> counted from behind the batch.</summary>
    public long this[int index] => Sizes[index];

    /// <summary>Elements of one sample.</summary>
    /// <exception cref="System.OverflowException">More than 2^63 - 1; the checker turns it into a finding.</exception>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var size in Sizes)
                count = checked(count * size);
            return count;
        }
    }

    /// <summary>The sizes of one sample, without the batch, as C# has them too: <c>[16, 14, 14]</c>.</summary>
    public string OfSample() => "[" + string.Join(", ", Sizes.Select(size => size.ToString(CultureInfo.InvariantCulture))) + "]";

    public override string ToString()
    {
        var text = TextBuffer.Take();
        AppendTo(text);
        return TextBuffer.Complete(text);
    }

    /// <summary>Prints it at the end of a text.</summary>
    public void AppendTo(StringBuilder text)
    {
        text.Append("[N");
        foreach (var size in Sizes)
            text.Append(", ").Append(size.ToString(CultureInfo.InvariantCulture));
        text.Append(']');
    }
}
