using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ModelGen.Cpu;

namespace TrainingBenchmarks;

/// <summary>What the processor can compute at most: multiply-adds on vectors that never leave the registers.</summary>
internal static class FmaPeak
{
    // Enough chains that no addition waits for the one before it: two units of a latency of 4, and some more.
    private const int Chains = 12;
    private const int Repeats = 400_000;

    /// <summary>The billions of floating-point operations in a second, a multiply-add being two; the best of some tries.</summary>
    /// <param name="threads">The threads that compute at the same time.</param>
    public static double Measure(int threads)
    {
        using var team = new Team(threads);
        var sink = new float[threads * 16];
        var best = 0.0;
        for (var attempt = 0; attempt < 9; attempt++)
        {
            var start = Stopwatch.GetTimestamp();
            team.Run(worker => sink[worker * 16] = Vector512.IsHardwareAccelerated ? Run512() : Run256());
            var lanes = Vector512.IsHardwareAccelerated ? 16 : 8;
            best = Math.Max(best, 2.0 * threads * Chains * Repeats * lanes / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512()
    {
        var (x, y) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        var (a, b, c, d, e, f) = (x, x, x, x, x, x);
        var (g, h, i, j, k, l) = (y, y, y, y, y, y);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            a = Vector512.MultiplyAddEstimate(a, x, y);
            b = Vector512.MultiplyAddEstimate(b, x, y);
            c = Vector512.MultiplyAddEstimate(c, x, y);
            d = Vector512.MultiplyAddEstimate(d, x, y);
            e = Vector512.MultiplyAddEstimate(e, x, y);
            f = Vector512.MultiplyAddEstimate(f, x, y);
            g = Vector512.MultiplyAddEstimate(g, x, y);
            h = Vector512.MultiplyAddEstimate(h, x, y);
            i = Vector512.MultiplyAddEstimate(i, x, y);
            j = Vector512.MultiplyAddEstimate(j, x, y);
            k = Vector512.MultiplyAddEstimate(k, x, y);
            l = Vector512.MultiplyAddEstimate(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256()
    {
        var (x, y) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        var (a, b, c, d, e, f) = (x, x, x, x, x, x);
        var (g, h, i, j, k, l) = (y, y, y, y, y, y);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            a = Vector256.MultiplyAddEstimate(a, x, y);
            b = Vector256.MultiplyAddEstimate(b, x, y);
            c = Vector256.MultiplyAddEstimate(c, x, y);
            d = Vector256.MultiplyAddEstimate(d, x, y);
            e = Vector256.MultiplyAddEstimate(e, x, y);
            f = Vector256.MultiplyAddEstimate(f, x, y);
            g = Vector256.MultiplyAddEstimate(g, x, y);
            h = Vector256.MultiplyAddEstimate(h, x, y);
            i = Vector256.MultiplyAddEstimate(i, x, y);
            j = Vector256.MultiplyAddEstimate(j, x, y);
            k = Vector256.MultiplyAddEstimate(k, x, y);
            l = Vector256.MultiplyAddEstimate(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
