namespace ModelGen.Cpu.Kernels;

/// <summary>The settings of <see cref="Huber{T}"/>.</summary>
public interface IHuber : INumberLoss
{
    /// <summary>The error above which the loss is linear: above 0.</summary>
    public static abstract double Delta { get; }
}

/// <summary>PyTorch's <c>huber_loss</c>: <c>delta (e - delta / 2)</c> of the error <c>e = |output - target|</c>, and <c>e^2 / 2</c> where e is below delta.</summary>
/// <typeparam name="T">The settings.</typeparam>
public static class Huber<T>
    where T : struct, IHuber
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
        public static double Value(double output, double target) => Of(Math.Abs(output - target));

        public static double Slope(double output, double target) => Math.Clamp(output - target, -T.Delta, T.Delta);

        private static double Of(double error) => error < T.Delta ? error * error / 2 : T.Delta * (error - (T.Delta / 2));
    }
}
