using ModelGen;
using ModelGen.Data;
using ModelGen.Torch;
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
    /// <returns>The exit code: 1 when the losses differ.</returns>
    public static int Run(ConvNet.Options options, int steps, ScalarType precision, IReadOnlyList<string> pythons)
    {
        var python = PyTorch.Find(pythons);
        LibTorch.Configure(options.Threads, options.Seed);
        var data = ImageData.Open(options, ConvNet.Data.ImageShape, classes: 10);
        Console.WriteLine($"Data: {data.Description}");

        var folder = Directory.CreateTempSubdirectory("modelgen-loss-curve-").FullName;
        try
        {
            using var generated = new GeneratedLoop(data.Train, options, precision);
            WriteInputs(folder, generated.Model, data.Train, options, steps);
            double[] losses = [.. generated.Losses().Take(steps)];
            var reference = python.Losses(folder, steps, precision.ToString().ToLowerInvariant());
            return Compare(losses, reference, python.Version);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What the other program starts from; seed_reference.py says what is in which file.</summary>
    private static void WriteInputs(string folder, ConvNet model, ImageSet images, ConvNet.Options options, int steps)
    {
        Weights.Save(model, Path.Combine(folder, "model.pth"));
        using (var pixels = File.Create(Path.Combine(folder, "images.bin")))
        using (var labels = File.Create(Path.Combine(folder, "labels.bin")))
        {
            for (var image = 0; image < images.Count; image++)
            {
                pixels.Write(images.Pixels(image));
                labels.WriteByte((byte)images.Label(image));
            }
        }

        // Not taken from the trainer's own loader, so that the loader is judged too.
        var batches = Enumerable.Range(1, int.MaxValue).SelectMany(epoch => SampleOrder.Shuffled(images.Count, options.Seed, epoch).Chunk(options.BatchSize));
        File.WriteAllLines(Path.Combine(folder, "order.txt"), batches.Take(steps).Select(batch => string.Join(' ', batch)));
    }

    private static int Compare(double[] losses, double[] reference, string version)
    {
        double[] differences = [.. losses.Zip(reference, (left, right) => Math.Abs(left - right))];
        var largest = differences.Max(); // NaN when a loss is not a number, and then no comparison below holds
        Console.WriteLine($"Loss: {losses[0]:F6} at step 1, {losses[^1]:F6} at step {losses.Length}; in PyTorch {version} {reference[0]:F6} and {reference[^1]:F6}");
        Console.WriteLine($"Largest difference: {largest:0.0e+0}, at step {Array.IndexOf(differences, largest) + 1} of {losses.Length}");
        if (largest <= Tolerance)
            return 0;
        throw new ModelGenException($"The generated trainer does not train as PyTorch does: the losses differ by {largest:0.0e+0}, more than {Tolerance:0.0e+0}. In float32 that can be rounding (benchmarks/README.md tells when); in float64 it is a mistake.");
    }
}
