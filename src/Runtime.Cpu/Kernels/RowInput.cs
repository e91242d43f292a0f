using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>The rows of a table that a network takes.</summary>
public interface IRowInput
{
    /// <summary>The values of a row.</summary>
    public static abstract int Features { get; }

    /// <summary>What is subtracted, a number for each feature; empty where nothing is normalised.</summary>
    public static abstract ReadOnlySpan<float> Mean { get; }

    /// <summary>What that is divided by, a number above 0 for each feature; empty where nothing is normalised.</summary>
    public static abstract ReadOnlySpan<float> Std { get; }
}

/// <summary>Rows as the network takes them: each feature (x - mean) / std.</summary>
/// <typeparam name="T">The rows.</typeparam>
public static class RowInput<T>
    where T : struct, IRowInput
{
    /// <summary>Converts a row.</summary>
    /// <param name="x">The row: <c>[features]</c>.</param>
    /// <param name="y">What the network takes: <c>[features]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == T.Features && y.Length == T.Features, "A row in, a row out.");
        if (T.Mean.IsEmpty)
        {
            x.CopyTo(y);
            return;
        }

        for (var i = 0; i < x.Length; i++)
            y[i] = (x[i] - T.Mean[i]) / T.Std[i];
    }
}
