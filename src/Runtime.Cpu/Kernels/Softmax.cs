using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>exp(x) / sum(exp(x))</c> of each row. The largest value is taken off first, or exp would overflow.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Softmax<T>
    where T : struct, ISoftmax
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[rows, length]</c></param>
    /// <param name="y">Is given as many; it may be <paramref name="x"/> itself.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="y">The output.</param>
    /// <param name="dx">Is given the input's; it may be <paramref name="dy"/> itself.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> y, Span<float> dx) => Backward(dy, y, dx, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Rows * T.Length && y.Length == x.Length);
        for (var at = 0; at < x.Length; at += T.Length)
            Elementwise.Softmax(x.Slice(at, T.Length), y.Slice(at, T.Length), lanes);
    }

    internal static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> y, Span<float> dx, int lanes)
    {
        Debug.Assert(dy.Length == T.Rows * T.Length && y.Length == dy.Length && dx.Length == dy.Length);
        for (var at = 0; at < dy.Length; at += T.Length)
        {
            var gradient = dy.Slice(at, T.Length);
            var output = y.Slice(at, T.Length);
            var sum = Elementwise.Sum(default(Product), gradient, output, lanes);
            Elementwise.Pair(new SoftmaxGradient(sum), gradient, output, dx.Slice(at, T.Length), lanes);
        }
    }
}
