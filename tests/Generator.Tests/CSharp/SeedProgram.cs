using System.Reflection;
using ModelGen.Torch;
using ModelGen.Training;

namespace ModelGen.Tests.CSharp;

/// <summary>The seed's network on small images as a program of each backend: the same class, so that files of one fit the other.</summary>
internal sealed class SeedProgram
{
    private const string Driver = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using ModelGen.Data;
        using ModelGen.Training;

        namespace Demo;

        /// <summary>Stops a run behind an epoch.</summary>
        public sealed class Listener(CancellationTokenSource stop, int epoch) : IProgress<TrainingEvent>
        {
            /// <inheritdoc/>
            public void Report(TrainingEvent value)
            {
                if (value is EpochCompleted completed && completed.Metrics.Epoch == epoch)
                    stop.Cancel();
            }
        }

        /// <summary>Drives the generated code.</summary>
        public static class Driver
        {
            /// <summary>Trains by steps, saves the weights, and gives the losses.</summary>
            public static double[] Steps(ImageSet images, int steps, int threads, string weights)
            {
                var options = new ConvNet.Options { Device = "cpu", Threads = threads, BatchSize = 16, LearningRate = 0.02, Seed = 3 };
                CREATE
                using var trainer = new ConvNet.Trainer(model, options);
                var data = new ConvNet.Data(images, optionsDEVICE);
                var losses = new List<double>();
                for (var epoch = 1; losses.Count < steps; epoch++)
                {
                    foreach (var batch in data.Shuffled(epoch).Take(steps - losses.Count))
                    {
                        TOTALS
                        trainer.Step(batch, totals, options.LearningRate);
                        losses.Add(totals.Read().Loss);
                    }
                }

                NAMESPACE.Weights.Save(model, weights);
                return [.. losses];
            }

            /// <summary>Trains to the end, or up to an epoch: then there is no result.</summary>
            public static TrainingResult? Train(string folder, bool resume, int stopAfter)
            {
                var options = new ConvNet.Options { Device = "cpu", Threads = 1, BatchSize = 16, Epochs = 3, Limit = 64, Out = folder, Resume = resume };
                using var stop = new CancellationTokenSource();
                try
                {
                    return ConvNet.Train(options, new Listener(stop, stopAfter), stop.Token);
                }
                catch (TrainingStoppedException)
                {
                    return null;
                }
            }

            /// <summary>What a predictor with the weights of a file says.</summary>
            public static (int[] Labels, float[] Confidences) Predict(string weights, byte[] pixels)
            {
                PREDICTOR
                var predictions = predictor.Predict(pixels);
                return ([.. predictions.Select(prediction => prediction.Label)], [.. predictions.Select(prediction => prediction.Confidence)]);
            }
            MORE
        }
        """;

    private const string Predictors = """

            /// <summary>The bytes that a hundred predictions allocate, behind the first ones.</summary>
            public static long Allocated(string weights, byte[] pixels)
            {
                var predictor = ConvNet.Predictor.Load(weights);
                var predictions = new ConvNet.Prediction[pixels.Length / ConvNet.Data.ImageShape.Length];
                for (var i = 0; i < 10; i++)
                    predictor.Predict(pixels, predictions);
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 100; i++)
                    predictor.Predict(pixels, predictions);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }

            /// <summary>What a predictor says of images before and after its network is given other weights.</summary>
            public static (float[] Before, float[] After) WithOtherWeights(byte[] pixels)
            {
                var model = new ConvNet(seed: 1);
                var predictor = new ConvNet.Predictor(model);
                var before = predictor.Predict(pixels);
                ModelGen.Cpu.Weights.Copy(new ConvNet(seed: 2), model);
                return ([.. before.Select(prediction => prediction.Confidence)], [.. predictor.Predict(pixels).Select(prediction => prediction.Confidence)]);
            }
        """;

    private readonly Lazy<Type> _driver;

    private SeedProgram((string Path, string Text) spec, params (string Word, string Code)[] words)
    {
        var driver = words.Aggregate(Driver, (code, word) => code.Replace(word.Word, word.Code, StringComparison.Ordinal));
        Spec = (spec.Path, spec.Text.Replace("[3, 28, 28]", "[3, 16, 16]", StringComparison.Ordinal));
        _driver = new(() => Compiled.From(Spec, ("Driver.cs", driver)).Load().GetType("Demo.Driver")!);
    }

    public static SeedProgram Torch { get; } = new(
        SeedSpecs.Json,
        ("CREATE", "ModelGen.Torch.LibTorch.Configure(threads, options.Seed);\n        using var model = new ConvNet();"), ("DEVICE", ", trainer.Device"), ("NAMESPACE", "ModelGen.Torch"),
        ("TOTALS", "using var totals = new ModelGen.Torch.ClassificationTotals(trainer.Device);"), ("PREDICTOR", "using var predictor = ConvNet.Predictor.Load(weights, \"cpu\");"), ("MORE", ""));

    public static SeedProgram CSharp { get; } = new(
        new TwinSpec("ConvNet", SeedSpecs.Json.Text).CSharp with { Item1 = SeedSpecs.Json.Path },
        ("CREATE", "var model = new ConvNet(options.Seed);"), ("DEVICE", ""), ("NAMESPACE", "ModelGen.Cpu"),
        ("TOTALS", "var totals = new ModelGen.Cpu.ClassificationTotals(trainer.Workers);"), ("PREDICTOR", "var predictor = ConvNet.Predictor.Load(weights);"), ("MORE", Predictors));

    public (string Path, string Text) Spec { get; }

    public double[] Steps(Data.ImageSet images, int steps, int threads, string weights) => Call<double[]>("Steps", images, steps, threads, weights)!;

    public TrainingResult? Train(string folder, bool resume = false, int stopAfter = 0) => Call<TrainingResult>("Train", folder, resume, stopAfter);

    public (int[] Labels, float[] Confidences) Predict(string weights, byte[] pixels) => Call<(int[], float[])>("Predict", weights, pixels);

    public long Allocated(string weights, byte[] pixels) => Call<long>("Allocated", weights, pixels);

    public (float[] Before, float[] After) WithOtherWeights(byte[] pixels) => Call<(float[], float[])>("WithOtherWeights", pixels);

    private T? Call<T>(string method, params object[] arguments)
    {
        LibTorch.EnsureLoaded();
        return (T?)_driver.Value.GetMethod(method)!.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }
}
