namespace ModelGen.Cpu.Kernels;

/// <summary>Mean squared error, PyTorch's <c>mse_loss</c>: <c>(output - target)^2</c>.</summary>
/// <typeparam name="T">The settings.</typeparam>
public static class Mse<T>
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
        public static double Value(double output, double target) => (output - target) * (output - target);

        public static double Slope(double output, double target) => 2 * (output - target);
    }
}
