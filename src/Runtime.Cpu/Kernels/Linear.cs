using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A linear layer over rows, <c>[rows, in]</c> to <c>[rows, out]</c>. Its weights are read as PyTorch stores them.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Linear<T>
    where T : struct, ILinear
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[rows, in]</c></param>
    /// <param name="weight"><c>[out, in]</c></param>
    /// <param name="bias"><c>[out]</c>, or empty.</param>
    /// <param name="y">Is given <c>[rows, out]</c>.</param>
    /// <param name="rows">How many, at least 1.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
    {
        Debug.Assert(x.Length == rows * T.InFeatures && weight.Length == T.OutFeatures * T.InFeatures && y.Length == rows * T.OutFeatures);
        Debug.Assert(bias.Length is 0 || bias.Length == T.OutFeatures);
        LinearLoops.Forward(x, weight, bias, y, rows, Columns.Widest);
    }

    /// <summary>The gradient of the input.</summary>
    /// <param name="dy">The output's, <c>[rows, out]</c>.</param>
    /// <param name="weight"><c>[out, in]</c></param>
    /// <param name="dx">Is given <c>[rows, in]</c>.</param>
    /// <param name="rows">How many, at least 1.</param>
    public static void BackwardInput(ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int rows)
    {
        Debug.Assert(dy.Length == rows * T.OutFeatures && weight.Length == T.OutFeatures * T.InFeatures && dx.Length == rows * T.InFeatures);
        LinearLoops.BackwardInput(dy, weight, dx, rows, Columns.Widest);
    }

    /// <summary>Adds the gradients of some outputs' parameters: of all rows, so that each worker takes some of the outputs.</summary>
    /// <param name="dy">The output's gradient, <c>[rows, out]</c>.</param>
    /// <param name="x">The input, <c>[rows, in]</c>.</param>
    /// <param name="rows">How many, at least 1.</param>
    /// <param name="first">The first output.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="weightGradient"><c>[out, in]</c></param>
    /// <param name="biasGradient"><c>[out]</c>, or empty.</param>
    public static void BackwardParameters(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, int rows, int first, int end, Span<float> weightGradient, Span<float> biasGradient)
    {
        Debug.Assert(dy.Length == rows * T.OutFeatures && x.Length == rows * T.InFeatures && weightGradient.Length == T.OutFeatures * T.InFeatures);
        Debug.Assert(0 <= first && first <= end && end <= T.OutFeatures);
        LinearLoops.BackwardParameters(dy, x, rows, first, end, weightGradient, biasGradient, Columns.Widest);
    }
}
