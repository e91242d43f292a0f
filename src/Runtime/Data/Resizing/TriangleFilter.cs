namespace ModelGen.Data;

/// <summary>
/// One direction of Pillow's bilinear resampling (<c>ImagingResample</c>, src/libImaging/Resample.c, 8 bits per channel): each output value
/// is a weighted sum of the input values under a triangle, which is as wide as the step between outputs, or two pixels if that is more.
/// </summary>
internal sealed class TriangleFilter
{
    // Pillow's PRECISION_BITS: what a 32-bit sum has left beside 8 bits of value and 2 of headroom.
    private const int FractionBits = 32 - 8 - 2;

    private readonly (int First, int Count)[] _windows;
    private readonly int[] _weights;
    private readonly int _most;

    /// <summary>Computes the weights of those outputs that are wanted: a long strip that a square cuts out of has millions.</summary>
    /// <param name="from">Pixels of the input, at least 1.</param>
    /// <param name="to">Pixels of the whole output, at least 1.</param>
    /// <param name="start">The first output that is wanted.</param>
    /// <param name="count">How many are.</param>
    public TriangleFilter(int from, long to, long start, int count)
    {
        From = from;
        To = to;
        var step = (double)from / to;
        var radius = Math.Max(step, 1);
        _most = (int)Math.Ceiling(radius) * 2 + 1;
        _windows = new (int First, int Count)[count];
        _weights = new int[checked(count * _most)];
        var weights = new double[_most];
        for (var output = 0; output < count; output++)
        {
            var center = (start + output + 0.5) * step;
            var first = Math.Max((int)(center - radius + 0.5), 0);
            var inputs = Math.Min((int)(center + radius + 0.5), from) - first;
            var sum = 0.0;
            for (var i = 0; i < inputs; i++)
            {
                weights[i] = Math.Max(0, 1 - Math.Abs((i + first - center + 0.5) * (1 / radius)));
                sum += weights[i];
            }

            _windows[output] = (first, inputs);
            for (var i = 0; i < inputs; i++)
                _weights[output * _most + i] = (int)(0.5 + weights[i] / sum * (1 << FractionBits));
        }
    }

    /// <summary>Pixels of the input.</summary>
    public int From { get; }

    /// <summary>Pixels of the whole output.</summary>
    public long To { get; }

    /// <summary>The first input that the wanted outputs take, and the one behind the last.</summary>
    public (int First, int End) Inputs => (_windows[0].First, _windows[^1].First + _windows[^1].Count);

    /// <summary>Resamples a row.</summary>
    /// <param name="row">The input.</param>
    /// <param name="output">Receives the wanted outputs.</param>
    public void ResampleRow(ReadOnlySpan<byte> row, Span<byte> output)
    {
        for (var x = 0; x < output.Length; x++)
        {
            var first = _windows[x].First;
            var weights = WeightsOf(x);
            var sum = 1 << (FractionBits - 1);
            for (var i = 0; i < weights.Length; i++)
                sum += row[first + i] * weights[i];
            output[x] = (byte)(sum >> FractionBits);
        }
    }

    /// <summary>Computes one output row as the weighted sum of input rows.</summary>
    /// <param name="rows">The rows that <see cref="Inputs"/> names.</param>
    /// <param name="output">Receives the row.</param>
    /// <param name="y">Which of the wanted ones it is.</param>
    /// <param name="sums">As long as the row; its content is lost.</param>
    public void ResampleColumns(ReadOnlySpan<byte> rows, Span<byte> output, int y, Span<int> sums)
    {
        sums.Fill(1 << (FractionBits - 1));
        var first = _windows[y].First - _windows[0].First;
        var weights = WeightsOf(y);
        for (var i = 0; i < weights.Length; i++)
        {
            var row = rows.Slice((first + i) * output.Length, output.Length);
            for (var x = 0; x < row.Length; x++)
                sums[x] += row[x] * weights[i];
        }

        for (var x = 0; x < output.Length; x++)
            output[x] = (byte)(sums[x] >> FractionBits);
    }

    private ReadOnlySpan<int> WeightsOf(int output) => _weights.AsSpan(output * _most, _windows[output].Count);
}
