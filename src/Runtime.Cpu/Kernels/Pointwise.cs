using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>An activation that stands by itself. It costs a load and a store of each value: better it is part of the kernel before it.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
/// <typeparam name="TActivation">The activation.</typeparam>
public static class Pointwise<T, TActivation>
    where T : struct, IPointwise
    where TActivation : struct, IActivation
{
    /// <summary>The activation of each value.</summary>
    /// <param name="x">The input.</param>
    /// <param name="y">Is given the output; it may be <paramref name="x"/> itself.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input; or the output, where the activation has the same derivative there, as ReLU has.</param>
    /// <param name="dx">Is given the input's; it may be <paramref name="dy"/> or <paramref name="x"/> itself.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx) => Backward(dy, x, dx, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Length && y.Length == T.Length);
        Elementwise.Map<TActivation>(x, y, lanes);
    }

    internal static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx, int lanes)
    {
        Debug.Assert(dy.Length == T.Length && x.Length == T.Length && dx.Length == T.Length);
        Elementwise.Pair(default(Chained<TActivation>), dy, x, dx, lanes);
    }
}
