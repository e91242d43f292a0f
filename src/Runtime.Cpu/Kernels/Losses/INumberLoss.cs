using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>The settings of a loss that is a mean over samples and their numbers.</summary>
public interface INumberLoss
{
    /// <summary>The numbers that the network gives for a sample: targets or labels.</summary>
    public static abstract int Targets { get; }
}

/// <summary>A loss of each number by itself.</summary>
internal interface IDistance
{
    /// <summary>The loss.</summary>
    public static abstract double Value(double output, double target);

    /// <summary>Its derivative by the output.</summary>
    public static abstract double Slope(double output, double target);
}

/// <summary>Sums and gradients of losses of each number by itself.</summary>
internal static class Distances<TDistance>
    where TDistance : struct, IDistance
{
    public static double Sum(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        Debug.Assert(output.Length == target.Length, "As many outputs as targets.");
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
            sum += TDistance.Value(output[i], target[i]);
        return sum;
    }

    public static void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double divisor, Span<float> gradient)
    {
        Debug.Assert(output.Length == target.Length && output.Length == gradient.Length, "As many outputs as targets and gradients.");
        for (var i = 0; i < output.Length; i++)
            gradient[i] = (float)(TDistance.Slope(output[i], target[i]) / divisor);
    }
}
