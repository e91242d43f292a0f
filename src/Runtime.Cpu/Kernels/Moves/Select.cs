using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>One place along a dimension, as PyTorch's <c>select</c>. A sample is seen as <c>[outer, length, inner]</c>.</summary>
public interface ISelect : IReduction
{
    /// <summary>The place, from 0.</summary>
    public static virtual int Index => 0;
}

/// <summary>Takes what stands at one place along a dimension.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Select<T>
    where T : struct, ISelect
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[outer, length, inner]</c></param>
    /// <param name="y">Is given <c>[outer, inner]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == T.Outer * T.Length * T.Inner && y.Length == T.Outer * T.Inner);
        for (var outer = 0; outer < T.Outer; outer++)
            x.Slice(((outer * T.Length) + T.Index) * T.Inner, T.Inner).CopyTo(y[(outer * T.Inner)..]);
    }

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx)
    {
        Debug.Assert(dx.Length == T.Outer * T.Length * T.Inner && dy.Length == T.Outer * T.Inner);
        dx.Clear();
        for (var outer = 0; outer < T.Outer; outer++)
            dy.Slice(outer * T.Inner, T.Inner).CopyTo(dx[(((outer * T.Length) + T.Index) * T.Inner)..]);
    }
}
