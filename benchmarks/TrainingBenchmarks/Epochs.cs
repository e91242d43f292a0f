using System.Diagnostics;
using ModelGen;
using ModelGen.Data;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>
/// Whole epochs from a folder of JPEG files: the generated programs, which decode once, against the seed's in PyTorch, which decodes each time.
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

        using var csharp = options.Device == "cpu" ? new CSharpEpochs(workload, folder) : null;

        List<(string Name, int Threads, Func<int, Epoch> Train)> all = [("generated", get_num_threads(), generated.Train)];
        if (csharp is not null)
            all.Add(("C#", csharp.Threads, csharp.Train));
        if (pytorch is not null)
            all.Add(($"PyTorch {python!.Version}", pytorch.Threads, round => pytorch.Ask<Epoch>(round)));
        var (programs, threads) = (all.ConvertAll(program => program.Name), all.ConvertAll(program => program.Threads));
        var (first, losses) = (new double[all.Count], new double[all.Count]);
        var speeds = Rounds.Interleave(all.Count, rounds, (program, round) =>
        {
            var epoch = all[program].Train(round);
            if (epoch.Count != generated.Count)
                throw new ModelGenException($"The programs don't do the same work: {programs[program]} found {epoch.Count:N0} images, not {generated.Count:N0}.");
            losses[program] = epoch.Loss;
            var speed = epoch.Count / epoch.Seconds;
            if (round == 0)
                first[program] = speed;
            return speed;
        });

        Console.WriteLine($"{generated.Description}; batch {options.BatchSize}, threads {string.Join(" and ", threads.Distinct())}, {rounds} epochs after the first");
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
            threads[i % threads.Count],
            "jpeg",
            i < programs.Count ? 1 : rounds,
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

    /// <summary>The same in plain C#; it finds the files decoded where the other one was first.</summary>
    private sealed class CSharpEpochs : IDisposable
    {
        private readonly CSharpConvNet.Trainer _trainer;
        private readonly CSharpConvNet.Options _options;
        private CSharpConvNet.Data? _data;

        public CSharpEpochs(Workload workload, string folder)
        {
            _options = new() { BatchSize = workload.Options.BatchSize, Seed = workload.Options.Seed, Threads = workload.Options.Threads, Data = folder };
            var model = new CSharpConvNet();
            ModelGen.Cpu.Weights.Load(model, workload.Weights);
            _trainer = new(model, _options);
        }

        public int Threads => _trainer.Workers;

        public Epoch Train(int epoch)
        {
            var start = Stopwatch.GetTimestamp();
            var data = _data ??= new(ImageData.Open(_options, CSharpConvNet.Data.ImageShape, classes: 10).Train, _options);
            var scores = _trainer.TrainEpoch(data, epoch);
            return new(Stopwatch.GetElapsedTime(start).TotalSeconds, scores.Loss, data.Count);
        }

        public void Dispose() => _trainer.Dispose();
    }

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
