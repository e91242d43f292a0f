namespace ModelGen.Cpu.Kernels;

/// <summary>sigmoid and binary cross entropy of each label in one, PyTorch's <c>binary_cross_entropy_with_logits</c>.</summary>
/// <typeparam name="T">The settings.</typeparam>
public static class BceWithLogits<T>
    where T : struct, INumberLoss
{
    /// <summary>What PyTorch's mean of a batch divides by.</summary>
    /// <param name="samples">The samples of the batch.</param>
    public static double Divisor(int samples) => (double)samples * T.Targets;

    /// <summary>A sample's loss, undivided.</summary>
    /// <param name="output">What the network gave: <c>[labels]</c>.</param>
    /// <param name="target">Whether each label holds, 0 to 1: <c>[labels]</c>.</param>
    public static double Value(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => Distances<Distance>.Sum(output, target);

    /// <summary>The gradient of the batch's mean loss.</summary>
    /// <param name="output">What the network gave for a sample: <c>[labels]</c>.</param>
    /// <param name="target">Whether each label holds, 0 to 1: <c>[labels]</c>.</param>
    /// <param name="divisor"><see cref="Divisor"/>, times the batches whose mean is wanted.</param>
    /// <param name="gradient">The gradient, <c>[labels]</c>; it is written over.</param>
    public static void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double divisor, Span<float> gradient) =>
        Distances<Distance>.Gradient(output, target, divisor, gradient);

    // The exponent is never above 0, so that no output is too large.
    private readonly struct Distance : IDistance
    {
        public static double Value(double output, double target) => ((1 - target) * output) + Math.Max(-output, 0) + Math.Log(1 + Math.Exp(-Math.Abs(output)));

        public static double Slope(double output, double target) => (1 / (1 + Math.Exp(-output))) - target;
    }
}
