using ModelGen;
using ModelGen.Data;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>
/// The referee: the generated trainer against the seed's program in PyTorch, from the same weights over the same batches. Step by
/// step both must report the same loss, so a wrong layer, gradient, update, batch or weights file can't hide.
/// </summary>
internal static class LossCurve
{
    /// <summary>The largest difference of two losses that passes.</summary>
    private const double Tolerance = 1e-3;

    /// <summary>Trains both and compares them.</summary>
    /// <param name="options">The data and the seed.</param>
    /// <param name="steps">Batches to train on, at least 1.</param>
    /// <param name="precision">What both compute in.</param>
    /// <param name="pythons">Programs to look for PyTorch in, the first that has it is used.</param>
    /// <exception cref="ModelGenException">The losses differ.</exception>
    public static void Run(ConvNet.Options options, int steps, ScalarType precision, IReadOnlyList<string> pythons)
    {
        var python = PyTorch.Find(pythons, "torch");
        var data = ImageData.Open(options, ConvNet.Data.ImageShape, classes: 10);
        Console.WriteLine($"Data: {data.Description}");

        using var workload = new Workload(data.Train, options);
        using var generated = GeneratedLoops.Optimized(workload, precision);
        using var reference = new PyTorchLoop(workload, python, precision);
        Compare(generated.Losses(steps), reference.Losses(steps), python.Version);
    }

    private static void Compare(double[] losses, double[] reference, string version)
    {
        double[] differences = [.. losses.Zip(reference, (left, right) => Math.Abs(left - right))];
        var largest = differences.Max(); // NaN when a loss is not a number, and then no comparison below holds
        Console.WriteLine($"Loss: {losses[0]:F6} at step 1, {losses[^1]:F6} at step {losses.Length}; in PyTorch {version} {reference[0]:F6} and {reference[^1]:F6}");
        Console.WriteLine($"Largest difference: {largest:0.0e+0}, at step {Array.IndexOf(differences, largest) + 1} of {losses.Length}");
        if (!(largest <= Tolerance))
            throw new ModelGenException($"The generated trainer does not train as PyTorch does: the losses differ by {largest:0.0e+0}, more than {Tolerance:0.0e+0}. In float32 that can be rounding (benchmarks/README.md tells when); in float64 it is a mistake.");
    }
}
