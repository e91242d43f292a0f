using ModelGen.Data;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>Images per second of training ResNet-18 on images of 32x32: both backends' programs, and a loop written by hand.</summary>
internal static class ResNets
{
    private const string HandWritten = "hand-written";

    /// <summary>For every number of threads: checks that the programs do the same work, measures them and prints the result.</summary>
    /// <param name="options">The batch size and the seed.</param>
    /// <param name="threads">Threads that each computes with, at least 1.</param>
    /// <param name="rounds">Rounds that count, at least 1.</param>
    /// <param name="steps">Optimisation steps per round, at least 1.</param>
    public static void Run(ConvNet.Options options, int[] threads, int rounds, int steps)
    {
        ReleaseBuild.Require();
        // As in Throughput: nobody is given an allocator that the hand-written program would not have.
        Environment.SetEnvironmentVariable(Throughput.AllocatorSetting, "0");
        var images = DrawnDigits.Draw(checked(steps * options.BatchSize), options.Seed, SmallResNet18.Data.ImageShape);
        foreach (var count in threads)
        {
            Console.WriteLine($"\nResNet-18, batch {options.BatchSize}, threads {count}, {rounds} rounds of {steps} steps; {images.Count:N0} drawn digits (seed {options.Seed})");
            using var workload = new Workload(images, options with { Threads = count, LearningRate = new SmallResNet18.Options().LearningRate }, () => new SmallResNet18());
            Measure(workload, rounds);
        }
    }

    private static void Measure(Workload workload, int rounds)
    {
        var loops = new List<ITrainingLoop>();
        try
        {
            loops.Add(Generated(workload));
            loops.Add(CSharp(workload));
            loops.Add(new HandWrittenLoop(workload, HandWritten, new HandWrittenResNet(), (output, labels) => nn.functional.cross_entropy(output, labels)));
            Contest.Run(workload, loops, rounds, HandWritten);
        }
        finally
        {
            loops.ForEach(loop => loop.Dispose());
        }
    }

    private static SmallResNet18.Options Options(Workload workload) => new()
    {
        Device = "cpu",
        BatchSize = workload.Options.BatchSize,
        Seed = workload.Options.Seed,
        Threads = workload.Options.Threads,
        Workers = workload.Options.Workers,
    };

    private static GeneratedLoop<SmallResNet18.Batch> Generated(Workload workload)
    {
        var (model, options) = (workload.Initial(new SmallResNet18()), Options(workload));
        var trainer = new SmallResNet18.Trainer(model, options);
        var data = new SmallResNet18.Data(workload.Images, options, trainer.Device);
        return new GeneratedLoop<SmallResNet18.Batch>(
            "generated",
            model,
            trainer,
            data,
            trainer.Device,
            epoch => trainer.TrainEpoch(data, epoch),
            epoch => data.Shuffled(epoch),
            (batch, totals) => trainer.Step(batch, totals, options.LearningRate));
    }

    private static CSharpLoop CSharp(Workload workload)
    {
        var (model, options) = (new SmallResNet18.CSharp(), Options(workload));
        ModelGen.Cpu.Weights.Load(model, workload.Weights);
        var own = new SmallResNet18.CSharp.Options { BatchSize = options.BatchSize, Seed = options.Seed, Threads = options.Threads, Workers = options.Workers };
        var trainer = new SmallResNet18.CSharp.Trainer(model, own);
        var data = new SmallResNet18.CSharp.Data(workload.Images, own);
        return new CSharpLoop(
            trainer,
            trainer.Workers,
            epoch => trainer.TrainEpoch(data, epoch),
            epoch => data.Shuffled(epoch),
            (batch, totals) => trainer.Step(batch, totals, own.LearningRate));
    }
}
