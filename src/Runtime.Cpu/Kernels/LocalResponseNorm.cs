using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// <c>x / (k + alpha mean(x^2))^beta</c> over neighbouring channels, of which those beyond the ends count as zeros. It is plain and
/// slow, one value after the other: networks since 2014 have no such layer.
/// </summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class LocalResponseNorm<T>
    where T : struct, ILocalResponseNorm
{
    private static int Before => T.Size / 2;

    private static int Behind => (T.Size - 1) / 2;

    /// <summary>The output.</summary>
    /// <param name="x"><c>[pixels, channels]</c></param>
    /// <param name="y">Is given as many values.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == T.Pixels * T.Channels && y.Length == x.Length);
        for (var at = 0; at < x.Length; at += T.Channels)
        {
            var pixel = x.Slice(at, T.Channels);
            for (var i = 0; i < T.Channels; i++)
                y[at + i] = (float)(pixel[i] * Math.Pow(Divisor(pixel, i), -T.Beta));
        }
    }

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx)
    {
        Debug.Assert(x.Length == T.Pixels * T.Channels && dy.Length == x.Length && dx.Length == x.Length);
        for (var at = 0; at < x.Length; at += T.Channels)
        {
            var gradient = dx.Slice(at, T.Channels);
            gradient.Clear();
            for (var i = 0; i < T.Channels; i++)
            {
                var divisor = Divisor(x.Slice(at, T.Channels), i);
                var power = Math.Pow(divisor, -T.Beta);
                gradient[i] += (float)(dy[at + i] * power);

                // What the divisor passes on to each neighbour.
                var shared = dy[at + i] * x[at + i] * power / divisor * (-2 * T.Alpha * T.Beta / T.Size);
                for (var j = Math.Max(0, i - Before); j <= Math.Min(T.Channels - 1, i + Behind); j++)
                    gradient[j] += (float)(shared * x[at + j]);
            }
        }
    }

    private static double Divisor(ReadOnlySpan<float> pixel, int channel)
    {
        var sum = 0.0;
        for (var i = Math.Max(0, channel - Before); i <= Math.Min(T.Channels - 1, channel + Behind); i++)
            sum += (double)pixel[i] * pixel[i];
        return T.K + (T.Alpha * sum / T.Size);
    }
}
