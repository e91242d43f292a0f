using ModelGen.Torch;

namespace ModelGen.Tests.Emit;

/// <summary>Training is a method: it tells what happens, stops when asked to, calls what the user added, and returns what it came to.</summary>
[Collection("Torch")]
public sealed class TrainFromCodeTests : IDisposable
{
    private const string Code = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using ModelGen.Training;

        namespace Demo;

        /// <summary>The user's part of the network.</summary>
        public partial class ConvNet
        {
            public sealed partial class Trainer
            {
                /// <summary>What the hook saw.</summary>
                public static List<string> Seen { get; } = [];

                partial void OnEpochEnd(int epoch, Scores trained, Scores? tested) => Seen.Add($"{epoch}: {trained.Images} and {tested?.Images} images");
            }
        }

        /// <summary>Collects what a run tells, and stops it when asked to.</summary>
        public sealed class Listener(CancellationTokenSource stop, int epoch) : IProgress<TrainingEvent>
        {
            /// <summary>The names of the events, without repetitions in a row.</summary>
            public List<string> Events { get; } = [];

            /// <inheritdoc/>
            public void Report(TrainingEvent value)
            {
                var name = value.GetType().Name;
                if (Events.Count == 0 || Events[^1] != name)
                    Events.Add(name);
                if (value is EpochCompleted completed && completed.Metrics.Epoch == epoch)
                    stop.Cancel();
            }
        }

        /// <summary>Drives the generated code.</summary>
        public static class Driver
        {
            /// <summary>Trains to the end, or up to an epoch.</summary>
            public static (TrainingResult? Result, string[] Events, string[] Hooks) Train(string folder, bool resume, int stopAfter)
            {
                // What a run began from may be gone when it is resumed.
                var options = new ConvNet.Options { Device = "cpu", Epochs = 3, Limit = 64, Out = folder, Resume = resume, Load = resume ? folder + "/gone.pth" : null };
                using var stop = new CancellationTokenSource();
                var listener = new Listener(stop, stopAfter);
                ConvNet.Trainer.Seen.Clear();
                TrainingResult? result = null;
                try
                {
                    result = ConvNet.Train(options, listener, stop.Token);
                }
                catch (TrainingStoppedException stopped) when (stopped.Epoch == stopAfter + 1 && stopped.Batch == 0)
                {
                }

                return (result, [.. listener.Events], [.. ConvNet.Trainer.Seen]);
            }
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Program = new(() => Compiled.From(SeedSpecs.Attributes, ("Driver.cs", Code)).Load());

    private readonly TempFolder _folder = new();

    public TrainFromCodeTests() => LibTorch.EnsureLoaded();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_tells_what_happens_calls_the_hook_and_returns_its_result()
    {
        var (result, events, hooks) = Train(resume: false);

        string[] epoch = ["BatchTrained", "EpochTrained", "EpochCompleted"];
        Assert.Equal(["RunStarted", .. epoch, .. epoch, .. epoch, "RunCompleted"], events.Where(name => name is not ("RunNoted" or "CheckpointSaved")).Aggregate(
            new List<string>(), (names, name) => names.Count > 0 && names[^1] == name ? names : [.. names, name]));
        Assert.Equal(["1: 64 and 64 images", "2: 64 and 64 images", "3: 64 and 64 images"], hooks);
        Assert.Equal([1, 2, 3], result!.Epochs.Select(metrics => metrics.Epoch));
        Assert.Equal(result.Epochs.Max(metrics => metrics.TestAccuracy), result.BestEpoch!.TestAccuracy);
        Assert.Equal(_folder["run/model.pth"], result.WeightsPath);
        Assert.True(File.Exists(result.WeightsPath));
    }

    [Fact]
    public void A_run_that_is_cancelled_can_be_gone_on_with()
    {
        var whole = Train(resume: false).Result!;
        var weights = File.ReadAllBytes(whole.WeightsPath);

        Assert.Null(Train(resume: false, stopAfter: 2).Result);
        var (rest, events, hooks) = Train(resume: true);

        Assert.Equal("RunStarted", events[0]);
        Assert.Equal(["3: 64 and 64 images"], hooks);
        Assert.Equal(Figures(whole), Figures(rest!));
        Assert.Equal(weights, File.ReadAllBytes(rest!.WeightsPath));
    }

    private static IEnumerable<(int, double, double?)> Figures(ModelGen.Training.TrainingResult result) =>
        result.Epochs.Select(metrics => (metrics.Epoch, metrics.TrainLoss, metrics.TestLoss));

    private (ModelGen.Training.TrainingResult? Result, string[] Events, string[] Hooks) Train(bool resume, int stopAfter = 0) =>
        ((ModelGen.Training.TrainingResult?, string[], string[]))Program.Value.GetType("Demo.Driver")!.GetMethod("Train")!
            .Invoke(null, [_folder["run"], resume, stopAfter])!;
}
