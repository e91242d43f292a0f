namespace ModelGen.Cpu.Kernels;

/// <summary>Binary cross entropy of each label, PyTorch's <c>binary_cross_entropy</c>: <c>-ln(output)</c> where it holds and <c>-ln(1 - output)</c> where not, of an output that sigmoid gave.</summary>
/// <typeparam name="T">The settings.</typeparam>
public static class Bce<T>
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

    // PyTorch has no logarithm below -100, and no divisor below 1e-12: an output of 0 or 1 that is wrong has a loss and a slope that are numbers.
    private readonly struct Distance : IDistance
    {
        public static double Value(double output, double target) =>
            ((target - 1) * Math.Max(Math.Log(1 - output), -100)) - (target * Math.Max(Math.Log(output), -100));

        public static double Slope(double output, double target) => (output - target) / Math.Max((1 - output) * output, 1e-12);
    }
}
