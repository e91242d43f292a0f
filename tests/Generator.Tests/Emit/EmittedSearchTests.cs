using ModelGen.Torch;
using ModelGen.Training;

namespace ModelGen.Tests.Emit;

/// <summary>The range test of a generated trainer takes real steps with the rates of the search, whatever its recipe, and writes nothing.</summary>
[Collection("Torch")]
public sealed class EmittedSearchTests : IDisposable
{
    private const string Plain = "\"loss\": \"cross_entropy\", \"optimizer\": \"sgd\"";
    private const string Rich = "\"loss\": \"cross_entropy\", \"optimizer\": \"adamw\", \"schedule\": \"one_cycle\", \"accumulate\": 3, \"ema_decay\": 0.9";

    private const string Code = """
        using System.Collections.Generic;
        using System.Linq;
        using ModelGen.Data;
        using ModelGen.Training;

        namespace Demo;

        /// <summary>Drives the generated code.</summary>
        public static class NETDriver
        {
            /// <summary>Searches on drawn digits.</summary>
            public static LearningRateResult Find(LearningRateSearch? search, string folder, int limit) =>
                NET.FindLearningRate(new NET.Options { Device = "cpu", Threads = 1, Limit = limit, Out = folder }, search: search);

            /// <summary>The losses of the first steps with the same rates, by hand.</summary>
            public static double[] Losses(ImageSet images, double[] rates)
            {
                ModelGen.Torch.LibTorch.Configure(threads: 1, seed: 1);
                var options = new NET.Options { Device = "cpu" };
                using var model = new NET();
                using var trainer = new NET.Trainer(model, options);
                var data = new NET.Data(images, options, trainer.Device);
                var losses = new List<double>();
                model.train();
                foreach (var batch in data.Shuffled(1).Concat(data.Shuffled(2)))
                {
                    using var totals = new ModelGen.Torch.ClassificationTotals(trainer.Device);
                    using (batch)
                        trainer.Step(batch, totals, rates[losses.Count]STEP);
                    losses.Add(totals.Read().Loss);
                }

                return [.. losses];
            }
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Program = new(() => Compiled.From(
        ("Plain.model.json", Spec(Plain)),
        ("PlainDriver.cs", Code.Replace("NET", "Plain", StringComparison.Ordinal).Replace("STEP", "", StringComparison.Ordinal)),
        ("Rich.model.json", Spec(Rich)),
        ("RichDriver.cs", Code.Replace("NET", "Rich", StringComparison.Ordinal).Replace("STEP", ", new BatchGroup(1, true, true)", StringComparison.Ordinal))).Load());

    private readonly TempFolder _folder = new();

    public EmittedSearchTests() => LibTorch.EnsureLoaded();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Its_losses_are_those_of_steps_with_its_rates()
    {
        var rates = Enumerable.Range(0, 8).Select(i => 1e-3 * Math.Pow(100, i / 7.0)).ToArray();
        // 32 images in batches of 8 are four steps an epoch: the search shows them twice, in two orders.
        var result = Find("Plain", new LearningRateSearch(steps: 8, from: 1e-3, to: 0.1), limit: 32);
        var images = Data.ImageData.Open(new Options { Limit = 32 }, new(1, 16, 16), classes: 10).Train;
        var expected = (double[])Program.Value.GetType("Demo.PlainDriver")!.GetMethod("Losses")!.Invoke(null, [images, rates])!;

        Assert.Equal(expected, result.Points.Select(point => point.Loss));
        Assert.Equal(rates, result.Points.Select(point => point.LearningRate));
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void Steps_of_several_batches_and_a_schedule_keep_to_the_searchs_rates()
    {
        // Five batches of 8 are a step of three and one of two.
        var told = new Told();
        var result = Find("Rich", new LearningRateSearch(steps: 6, from: 1e-3, to: 1, told), limit: 40);

        Assert.Equal(6, result.Points.Count);
        Assert.Equal(result.Points, told.Points);
        Assert.Equal(1e-3, result.Points[0].LearningRate);
        Assert.Equal(1, result.Points[^1].LearningRate, 1e-12);
    }

    [Fact]
    public void A_network_that_can_learn_gets_a_suggestion_and_its_curve_ends_where_the_loss_explodes()
    {
        var result = Find("Plain", new LearningRateSearch(steps: 200, from: 1e-4, to: 1e3), limit: 400);

        Assert.InRange(result.Suggestion!.Value, 1e-2, 2);
        Assert.InRange(result.Points.Count, 20, 199);
        Assert.All(result.Points, point => Assert.True(double.IsFinite(point.Smoothed)));
    }

    [Fact]
    public void A_loss_that_is_no_longer_a_number_ends_the_curve()
    {
        // The second step is so large that the weights are not finite behind it.
        var result = Find("Plain", new LearningRateSearch(steps: 3, from: 1e30, to: 1e300), limit: 32);

        Assert.InRange(result.Points.Count, 1, 2);
        Assert.Null(result.Suggestion);
        Assert.NotNull(result.Reason);
    }

    [Fact]
    public void A_cancelled_search_throws()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        var error = Assert.Throws<System.Reflection.TargetInvocationException>(() => Find("Plain", new LearningRateSearch(cancellation: stop.Token), limit: 32));

        Assert.IsType<OperationCanceledException>(error.InnerException);
    }

    [Fact]
    public void The_verb_leaves_the_weights_that_it_starts_from_as_they_are()
    {
        using var program = new EmittedProgram("return Demo.Net.Run(args);", ("Net.model.json", Spec(Plain)));
        string[] common = ["--limit", "64", "--device", "cpu", "--out", _folder.Path];
        Assert.Equal(0, program.Run([.. common, "--epochs", "1"]).ExitCode);
        var before = _folder.Entries.ToDictionary(file => file, file => Convert.ToHexString(File.ReadAllBytes(_folder[file])), StringComparer.Ordinal);

        var (exitCode, output, error) = program.Run(["lr-find", .. common, "--load", _folder["model.pth"], "--steps", "20"]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.StartsWith("Net: the smoothed loss of ", output, StringComparison.Ordinal);
        Assert.All(before, file => Assert.Equal(file.Value, Convert.ToHexString(File.ReadAllBytes(_folder[file.Key]))));
        Assert.Equal(["lr-find.csv", "lr-find.svg"], _folder.Entries.Except(before.Keys));
    }

    [Fact]
    public void Interrupted_the_verb_exits_with_130_and_leaves_no_files()
    {
        // It interrupts itself behind its first step, and goes on until it is stopped.
        using var program = new EmittedProgram(
            """
            using System;
            using System.Diagnostics;
            using ModelGen.Reporting;
            using ModelGen.Training;

            return new ModelGen.CommandLine.ModelProgram<Demo.Net.Options>
            {
                Name = "Net",
                Summary = "",
                Diagram = new Diagram([]),
                Defaults = new Demo.Net.Options(),
                Train = (_, _, _) => throw new NotSupportedException(),
                Evaluate = _ => throw new NotSupportedException(),
                Predict = (_, _, _) => throw new NotSupportedException(),
                FindLearningRate = (_, search) =>
                {
                    search.Add(1);
                    Process.Start("kill", $"-INT {Environment.ProcessId}").WaitForExit();
                    while (search.Add(1))
                    {
                    }

                    return search.Complete();
                },
            }.Run(args);
            """,
            ("Net.model.json", Spec(Plain)));

        Assert.Equal((130, "Stopped.\n", ""), program.Run("lr-find", "--out", _folder.Path, "--steps", "2000000000"));
        Assert.Empty(_folder.Entries);
    }

    private static string Spec(string recipe) => $$"""
        {
          "input": [1, 16, 16], "layers": ["flatten", { "linear": 32 }, "relu", { "linear": 10 }],
          "training": { {{recipe}}, "batch_size": 8 }, "data": { "image_folder": {} }
        }
        """;

    private LearningRateResult Find(string net, LearningRateSearch search, int limit) =>
        (LearningRateResult)Program.Value.GetType($"Demo.{net}Driver")!.GetMethod("Find")!.Invoke(null, [search, _folder["out"], limit])!;

    private sealed class Told : IProgress<LearningRatePoint>
    {
        public List<LearningRatePoint> Points { get; } = [];

        public void Report(LearningRatePoint value) => Points.Add(value);
    }

    private sealed record Options : TrainingOptions
    {
        public override int Epochs { get; init; } = 1;

        public override int BatchSize { get; init; } = 1;

        public override double LearningRate { get; init; } = 1;

        public override string Out { get; init; } = "";
    }
}
