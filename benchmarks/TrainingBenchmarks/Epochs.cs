using System.Diagnostics;
using ModelGen;
using ModelGen.Data;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>
/// Whole epochs from a folder of JPEG files: the generated program, which decodes once, against the seed's in PyTorch, which decodes each time.
/// </summary>
internal static class Epochs
{
    /// <summary>Measures the first epoch of each, from the folder as it is, and then those after it.</summary>
    /// <param name="options">The folder, the batch size, the threads (0: as each program chooses) and the seed.</param>
    /// <param name="images">The digits to draw when there is no folder.</param>
    /// <param name="rounds">Epochs after the first, at least 1.</param>
    /// <param name="pythons">Programs to look for PyTorch in.</param>
    /// <param name="json">A file for the figures, or null.</param>
    public static void Run(ConvNet.Options options, int images, int rounds, IReadOnlyList<string> pythons, string? json)
    {
        ReleaseBuild.Require();
        using var workload = new Workload(DrawnDigits.Draw(0, options.Seed, ConvNet.Data.ImageShape), options);
        var folder = Folder(options.Data, workload, images);
        var python = PyTorch.FindOrSkip(pythons, "torch, torchvision");
        using var pytorch = python is null
            ? null
            : new PythonProcess(python, "seed_folder.py", folder, workload.Weights, $"{options.BatchSize}", $"{options.Threads}", options.Device, options.Tf32 ? "on" : "off");
        using var generated = new GeneratedEpochs(workload, folder);

        string[] programs = pytorch is null ? ["generated"] : ["generated", $"PyTorch {python!.Version}"];
        int[] threads = pytorch is null ? [get_num_threads()] : [get_num_threads(), pytorch.Threads];
        var (first, losses) = (new double[programs.Length], new double[programs.Length]);
        var speeds = Rounds.Interleave(programs.Length, rounds, (program, round) =>
        {
            var epoch = program == 0 ? generated.Train(round) : pytorch!.Ask<Epoch>(round);
            if (epoch.Count != generated.Count)
                throw new ModelGenException($"The programs don't do the same work: {programs[program]} found {epoch.Count:N0} images, not {generated.Count:N0}.");
            losses[program] = epoch.Loss;
            var speed = epoch.Count / epoch.Seconds;
            if (round == 0)
                first[program] = speed;
            return speed;
        });

        Console.WriteLine($"{generated.Description}; batch {options.BatchSize}, threads {string.Join(" and ", threads)}, {rounds} epochs after the first");
        SameWork.CheckEnd(programs, losses);
        Line[] lines =
        [
            .. programs.Select((program, i) => new Line($"{program}, first", Spread.Of([first[i]]), Spread.Of([first[i] / first[^1]]))),
            .. programs.Select((program, i) => new Line(program, Spread.Of(speeds[i]), Spread.Of(Rounds.Ratios(speeds[i], speeds[^1])))),
        ];
        Report.Print("img/s", programs[^1], lines);
        Console.WriteLine($"The generated trainer waited for images for {generated.Waited:P3} of the time of its epochs.");
        Report.Write(json, lines.Select((line, i) => new TrainingRow(
            line.Program,
            options.BatchSize,
            threads[i % threads.Length],
            "jpeg",
            i < programs.Length ? 1 : rounds,
            line.Value,
            RatioToPytorch: pytorch is null ? null : line.Ratio.Median)));
    }

    /// <summary>The folder with the classes' folders: as the seed's program takes it, without a test set beside it.</summary>
    private static string Folder(string? data, Workload workload, int images)
    {
        if (data is not null)
            return Directory.Exists(Path.Combine(data, "train")) ? Path.Combine(data, "train") : data;
        var drawn = Path.Combine(workload.Folder, "digits");
        JpegFolder.Write(drawn, images, workload.Options.Seed);
        return drawn;
    }

    /// <summary>An epoch that was trained: its images, their mean loss, and what it took.</summary>
    private sealed record Epoch(double Seconds, double Loss, int Count);

    /// <summary>The generated program: its first epoch opens the folder, which decodes the files or finds them decoded.</summary>
    private sealed class GeneratedEpochs(Workload workload, string folder) : IDisposable
    {
        private readonly ConvNet _model = workload.Initial(new ConvNet());
        private ConvNet.Trainer? _trainer;
        private ConvNet.Data? _data;
        private double _seconds;

        public string Description { get; private set; } = "";

        public int Count => _data!.Count;

        /// <summary>The share of the time of all epochs in which the loop waited for a batch.</summary>
        public double Waited => _data!.Waited.TotalSeconds / _seconds;

        public Epoch Train(int epoch)
        {
            var start = Stopwatch.GetTimestamp();
            var trainer = _trainer ??= new(_model, workload.Options);
            var data = _data ??= Open(trainer.Device);
            var scores = trainer.TrainEpoch(data, epoch);
            var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            _seconds += seconds;
            return new(seconds, scores.Loss, data.Count);
        }

        public void Dispose()
        {
            _trainer?.Dispose();
            _data?.Dispose();
            _model.Dispose();
        }

        private ConvNet.Data Open(Device device)
        {
            var images = ImageData.Open(workload.Options with { Data = folder }, ConvNet.Data.ImageShape, classes: 10);
            Description = images.Description;
            return new(images.Train, workload.Options, device);
        }
    }
}
