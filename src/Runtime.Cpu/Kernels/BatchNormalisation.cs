using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A batch norm with an activation and a max-pool behind it. Statistics are kept in float64; images are read and written in float32.</summary>
internal sealed class BatchNormalisation<TActivation>(PooledShape shape, double epsilon, double momentum, int lanes)
    where TActivation : struct, IActivation
{
    private readonly int _channels = shape.Channels;
    private readonly PooledShape _winners = new(shape.OutHeight, shape.OutWidth, shape.Channels, 1);

    public int StateLength => NormState.Vectors * _channels;

    public int SumsLength => 2 * _channels;

    public void AddStatistics(ReadOnlySpan<float> x, ReadOnlySpan<float> runningMean, Span<double> sums)
    {
        var loop = new NormStatistics(x, runningMean, sums);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void AddStatistics(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> runningMean, Span<float> winners, Span<double> sums)
    {
        var loop = new NormWinners(shape, x, weight, runningMean, winners, sums);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void Normalize(
        Span<double> sums, int workers, int samples,
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias,
        Span<float> runningMean, Span<float> runningVariance, Span<float> state)
    {
        var count = (double)samples * shape.Height * shape.Width;
        if (count < 2)
            throw new ModelGenException("A batch of one sample has no variance for batch norm: choose a --batch-size that leaves no last batch of one, or another --limit.");
        for (var channel = 0; channel < _channels; channel++)
        {
            var (near, beyond) = (runningMean.IsEmpty ? 0 : runningMean[channel], Total(sums, workers, channel) / count);
            var mean = near + beyond;
            var variance = Math.Max(0, (Total(sums, workers, _channels + channel) / count) - (beyond * beyond));
            Set(state, channel, mean, variance, weight, bias);
            if (runningMean.IsEmpty)
                continue;
            runningMean[channel] = (float)(((1 - momentum) * runningMean[channel]) + (momentum * mean));
            runningVariance[channel] = (float)(((1 - momentum) * runningVariance[channel]) + (momentum * variance * count / (count - 1)));
        }

        sums[..(workers * SumsLength)].Clear();
    }

    public void UseRunning(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> runningMean, ReadOnlySpan<float> runningVariance, Span<float> state)
    {
        for (var channel = 0; channel < _channels; channel++)
            Set(state, channel, runningMean[channel], runningVariance[channel], weight, bias);
    }

    public void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> y)
    {
        var loop = new NormForward<TActivation>(shape, x, state, y);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void ForwardWinners(ReadOnlySpan<float> winners, ReadOnlySpan<float> state, Span<float> y)
    {
        var loop = new NormForward<TActivation>(_winners, winners, state, y);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void ForwardAdded(ReadOnlySpan<float> x, ReadOnlySpan<float> state, ReadOnlySpan<float> added, Span<float> y)
    {
        var loop = new NormForwardAdded<TActivation>(_channels, x, state, added, y);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void AddGradientSums(ReadOnlySpan<float> dy, ReadOnlySpan<float> winners, ReadOnlySpan<float> state, Span<double> sums)
    {
        var loop = new NormGradientSums<TActivation>(_channels, dy, winners, state, sums);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void AddGradientSumsAdded(Span<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> state, Span<double> sums)
    {
        Elementwise.Pair(default(Chained<TActivation>), dy, y, dy, lanes);
        var loop = new NormGradientSums<Identity>(_channels, dy, x, state, sums);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void Collect(Span<double> sums, int workers, int samples, Span<float> state, Span<float> weightGradient, Span<float> biasGradient)
    {
        var count = (double)samples * shape.Height * shape.Width;
        for (var channel = 0; channel < _channels; channel++)
        {
            double precision = state[(NormState.Precision * _channels) + channel], scale = state[(NormState.Scale * _channels) + channel];
            var gradient = Total(sums, workers, channel);
            var weightsGradient = Total(sums, workers, _channels + channel) * precision;
            state[(NormState.Slope * _channels) + channel] = (float)(-scale * precision * weightsGradient / count);
            state[(NormState.Offset * _channels) + channel] = (float)(-scale * gradient / count);
            if (weightGradient.IsEmpty)
                continue;
            weightGradient[channel] += (float)weightsGradient;
            biasGradient[channel] += (float)gradient;
        }

        sums[..(workers * SumsLength)].Clear();
    }

    public void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> dx)
    {
        var loop = new NormBackward<TActivation>(shape, dy, x, state, dx);
        Columns.Run(ref loop, _channels, lanes);
    }

    public void BackwardAdded(ReadOnlySpan<float> dz, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> dx)
    {
        var loop = new NormBackward<Identity>(shape, dz, x, state, dx);
        Columns.Run(ref loop, _channels, lanes);
    }

    private void Set(Span<float> state, int channel, double mean, double variance, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias)
    {
        var precision = 1 / Math.Sqrt(variance + epsilon);
        var scale = (weight.IsEmpty ? 1 : weight[channel]) * precision;
        state[(NormState.Scale * _channels) + channel] = (float)scale;
        state[(NormState.Shift * _channels) + channel] = (float)((bias.IsEmpty ? 0 : bias[channel]) - (mean * scale));
        state[(NormState.Mean * _channels) + channel] = (float)mean;
        state[(NormState.Precision * _channels) + channel] = (float)precision;
    }

    private double Total(Span<double> sums, int workers, int index)
    {
        var total = 0.0;
        for (var worker = 0; worker < workers; worker++)
            total += sums[(worker * SumsLength) + index];
        return total;
    }
}
