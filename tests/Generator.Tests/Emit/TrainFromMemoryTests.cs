using ModelGen.Data;
using ModelGen.Torch;
using ModelGen.Training;

namespace ModelGen.Tests.Emit;

/// <summary>A network learns the same from a folder, from arrays and from a source of the user's.</summary>
[Collection("Torch")]
public sealed class TrainFromMemoryTests : IDisposable
{
    private const string Spec = """
        {
          "input": [1, 16, 16], "layers": [{ "conv2d": 4, "kernel_size": 5, "stride": 2 }, "relu", "flatten", { "dropout": 0.25 }, { "linear": 10 }],
          "training": { "loss": "cross_entropy", "optimizer": "sgd", "learning_rate": 0.02, "batch_size": 8, "epochs": 2 }, "data": { "image_folder": { "rotate": 10 } }
        }
        """;

    private const string Code = """
        using System;
        using ModelGen.Data;
        using ModelGen.Training;

        namespace Demo;

        /// <summary>Drives the generated code.</summary>
        public static class Driver
        {
            /// <summary>Trains on images, or on digits that are drawn.</summary>
            public static TrainingResult Train(ImageData? data, string folder, int workers, int? limit)
            {
                var options = new Net.Options { Device = "cpu", Threads = 1, Workers = workers, Limit = limit, Out = folder };
                return data is null ? Net.Train(options) : Net.Train(options, data);
            }
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Program = new(() => Compiled.From(("Net.model.json", Spec), ("Driver.cs", Code)).Load());

    private static readonly ImageShape Shape = new(1, 16, 16);

    private readonly TempFolder _folder = new();

    public TrainFromMemoryTests() => LibTorch.EnsureLoaded();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Arrays_and_a_source_give_the_losses_and_weights_of_the_same_images_in_a_folder()
    {
        var drawn = Train(null, "drawn", limit: 100);
        var digits = ImageData.Open(new Options { Limit = 100 }, Shape, classes: 10);

        var fromArrays = Train(new ImageData(Arrays(digits.Train), Arrays(digits.Test!), "arrays"), "arrays");
        var fromSource = Train(new ImageData(ImageSet.FromSource(new Source(digits.Train)), ImageSet.FromSource(new Source(digits.Test!)), "a source"), "source");

        Assert.Equal(Figures(drawn), Figures(fromArrays));
        Assert.Equal(Figures(drawn), Figures(fromSource));
        Assert.Equal(File.ReadAllBytes(drawn.WeightsPath), File.ReadAllBytes(fromArrays.WeightsPath));
        Assert.Equal(File.ReadAllBytes(drawn.WeightsPath), File.ReadAllBytes(fromSource.WeightsPath));
        Assert.Contains("\"data\": \"a source\"", File.ReadAllText(_folder["source/run.json"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Data_and_progress_are_told_apart_and_null_stands_for_neither() => Compiled.From(
        ("Net.model.json", Spec),
        ("Calls.cs", """
            using System;
            using System.Threading;
            using ModelGen.Data;
            using ModelGen.Training;

            namespace Demo;

            /// <summary>Calls that compile.</summary>
            public static class Calls
            {
                /// <summary>Trains again and again.</summary>
                public static TrainingResult[] Train(Net.Options options, ImageData data, IProgress<TrainingEvent> progress, CancellationToken stop) =>
                [
                    Net.Train(options),
                    Net.Train(options, null),
                    Net.Train(options, data: null),
                    Net.Train(options, data),
                    Net.Train(options, data, progress, stop),
                    Net.Train(options, progress, stop),
                    Net.Train(options, null, stop),
                ];
            }
            """)).AssertClean();

    [Fact]
    public void The_number_of_workers_changes_nothing()
    {
        var data = new ImageData(ImageSet.FromSource(new Source(DrawnDigits.Draw(50, seed: 4, Shape))), null, "a source");

        Assert.Equal(Figures(Train(data, "one", workers: 1)), Figures(Train(data, "four", workers: 4)));
    }

    [Fact]
    public void A_source_that_fails_stops_the_run_with_one_sentence()
    {
        var data = new ImageData(ImageSet.FromSource(new Source(DrawnDigits.Draw(50, seed: 4, Shape)) { Broken = 21 }), null, "a source");

        var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => Train(data, "broken")).InnerException;

        Assert.IsType<ModelGenException>(error);
        Assert.Equal("The data source 'Source' failed at the pixels of image 21 (IOException: The database is gone): mend it, or leave the image out.", error.Message);
    }

    [Fact]
    public void Images_of_another_shape_are_refused_before_anything_is_written()
    {
        var data = new ImageData(DrawnDigits.Draw(10, seed: 1, new ImageShape(3, 16, 16)), null, "arrays");

        var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => Train(data, "other")).InnerException;

        Assert.Equal("The training set's images are 3x16x16, but the network takes 1x16x16: give such images, or change the network's input.", error!.Message);
        Assert.Empty(_folder.Entries);
    }

    private static ImageSet Arrays(ImageSet images) => new(
        images.Shape, [.. Enumerable.Range(0, images.Count).SelectMany(i => images.Pixels(i).ToArray())], [.. Enumerable.Range(0, images.Count).Select(images.Label)], images.Classes);

    private static IEnumerable<(int, double, double?, double?)> Figures(TrainingResult result) =>
        result.Epochs.Select(metrics => (metrics.Epoch, metrics.TrainLoss, metrics.TrainAccuracy, metrics.TestLoss));

    private TrainingResult Train(ImageData? data, string folder, int workers = 2, int? limit = null) =>
        (TrainingResult)Program.Value.GetType("Demo.Driver")!.GetMethod("Train")!.Invoke(null, [data, _folder[folder], workers, limit])!;

    private sealed record Options : TrainingOptions
    {
        public override int Epochs { get; init; } = 1;

        public override int BatchSize { get; init; } = 1;

        public override double LearningRate { get; init; } = 1;

        public override string Out { get; init; } = "";
    }

    private sealed class Source(ImageSet images) : IDataSource
    {
        public int? Broken { get; init; }

        public int Count => images.Count;

        public ImageShape Shape => images.Shape;

        public IReadOnlyList<string> Classes => images.Classes;

        public int Label(int index) => images.Label(index);

        public void Read(int index, Span<byte> pixels)
        {
            if (index == Broken)
                throw new IOException("The database is gone.");
            images.Read(index, pixels);
        }
    }
}
