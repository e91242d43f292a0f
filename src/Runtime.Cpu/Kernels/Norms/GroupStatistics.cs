namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Mean and deviation of groups of channels, as vectors over all channels, so that the loops over pixels need not know of groups: sums of each channel are
/// made first, and then added within each group.
/// </summary>
/// <param name="channels">Channels of the image.</param>
/// <param name="groups">Groups of them.</param>
/// <param name="scratch">Four vectors of the channels.</param>
internal readonly ref struct GroupStatistics(int channels, int groups, Span<float> scratch)
{
    private readonly int _groupSize = channels / groups;
    private readonly Span<float> _means = scratch[..channels];
    private readonly Span<float> _inverses = scratch.Slice(channels, channels); // 1 / deviation
    private readonly Span<float> _one = scratch.Slice(2 * channels, channels);
    private readonly Span<float> _other = scratch.Slice(3 * channels, channels);

    /// <summary>Finds mean and deviation.</summary>
    public void Read(ReadOnlySpan<float> x, double epsilon, int lanes)
    {
        var count = x.Length / _means.Length * _groupSize;
        PixelSums.Find(default(OfLeft), x, x, _means, _means, lanes);
        for (var first = 0; first < _means.Length; first += _groupSize)
            _means.Slice(first, _groupSize).Fill(Elementwise.Sum(_means.Slice(first, _groupSize), lanes) / count);

        PixelSums.Find(default(OfSquaredDistance), x, x, _means, _inverses, lanes);
        for (var first = 0; first < _means.Length; first += _groupSize)
        {
            var variance = Elementwise.Sum(_inverses.Slice(first, _groupSize), lanes) / count;
            _inverses.Slice(first, _groupSize).Fill((float)(1 / Math.Sqrt(variance + epsilon)));
        }
    }

    /// <summary><c>y = (x - mean) / deviation weight + bias</c></summary>
    public void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int lanes)
    {
        for (var i = 0; i < _means.Length; i++)
        {
            _one[i] = weight[i] * _inverses[i];
            _other[i] = bias[i] - (_means[i] * _one[i]);
        }

        for (var at = 0; at < x.Length; at += _means.Length)
            Elementwise.MultiplyAdd(x.Slice(at, _means.Length), _one, _other, y.Slice(at, _means.Length), lanes);
    }

    /// <summary>Sums of the output's gradient: those of weights and biases, which are added to a worker's unless there are none.</summary>
    public void ReadGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> sums, int lanes)
    {
        PixelSums.Find(default(OfDistance), dy, x, _means, _one, lanes);
        Elementwise.Pair(default(Product), _one, _inverses, _one, lanes);
        PixelSums.Find(default(OfLeft), dy, dy, _means, _other, lanes);
        if (sums.IsEmpty)
            return;
        Elementwise.Pair(default(Sum), _one, sums[.._one.Length], sums[.._one.Length], lanes);
        Elementwise.Pair(default(Sum), _other, sums[_one.Length..], sums[_one.Length..], lanes);
    }

    /// <summary>The input's gradient, <c>(dy weight - mean(dy weight) - normal mean(dy weight normal)) / deviation</c>, in three coefficients for each channel.</summary>
    public void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> dx, int lanes)
    {
        var count = x.Length / _means.Length * _groupSize;
        for (var first = 0; first < _means.Length; first += _groupSize)
        {
            var own = weight.Slice(first, _groupSize);
            var product = Elementwise.Sum(default(Product), own, _one.Slice(first, _groupSize), lanes) / count;
            var gradient = Elementwise.Sum(default(Product), own, _other.Slice(first, _groupSize), lanes) / count;
            var (mean, inverse) = (_means[first], _inverses[first]);
            var slope = -product * inverse * inverse;
            _one.Slice(first, _groupSize).Fill(slope);
            _other.Slice(first, _groupSize).Fill((-gradient * inverse) - (slope * mean));
        }

        Elementwise.Pair(default(Product), weight, _inverses, _inverses, lanes);
        for (var at = 0; at < x.Length; at += _means.Length)
        {
            var pixel = dx.Slice(at, _means.Length);
            Elementwise.MultiplyAdd(x.Slice(at, _means.Length), _one, _other, pixel, lanes);
            Elementwise.AddProduct(dy.Slice(at, _means.Length), _inverses, pixel, lanes);
        }
    }
}
