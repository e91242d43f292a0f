namespace ModelGen.Cpu.Kernels;

/// <summary>Mean absolute error, PyTorch's <c>l1_loss</c>: <c>|output - target|</c>; its slope where they are equal is 0.</summary>
/// <typeparam name="T">The settings.</typeparam>
public static class L1<T>
    where T : struct, INumberLoss
{
    /// <summary>What PyTorch's mean of a batch divides by.</summary>
    /// <param name="samples">The samples of the batch.</param>
    public static double Divisor(int samples) => (double)samples * T.Targets;

    /// <summary>A sample's loss, undivided.</summary>
    /// <param name="output">What the network gave: <c>[targets]</c>.</param>
    /// <param name="target">What is right: <c>[targets]</c>.</param>
    public static double Value(ReadOnlySpan<float> output, ReadOnlySpan<float> target) => Distances<Distance>.Sum(output, target);

    /// <summary>The gradient of the batch's mean loss.</summary>
    /// <param name="output">What the network gave for a sample: <c>[targets]</c>.</param>
    /// <param name="target">What is right: <c>[targets]</c>.</param>
    /// <param name="divisor"><see cref="Divisor"/>, times the batches whose mean is wanted.</param>
    /// <param name="gradient">The gradient, <c>[targets]</c>; it is written over.</param>
    public static void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double divisor, Span<float> gradient) =>
        Distances<Distance>.Gradient(output, target, divisor, gradient);

    private readonly struct Distance : IDistance
    {
        public static double Value(double output, double target) => Math.Abs(output - target);

        public static double Slope(double output, double target) => output > target ? 1 : output < target ? -1 : 0;
    }
}
