using TorchSharp;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>The generated programs that are measured.</summary>
internal static class GeneratedLoops
{
    /// <summary>The sample's network.</summary>
    /// <param name="workload">What to train on.</param>
    /// <param name="precision">What <see cref="ITrainingLoop.Losses"/> computes in; an epoch takes float32 only.</param>
    public static IDeviceLoop Optimized(Workload workload, ScalarType precision = ScalarType.Float32)
    {
        var model = workload.Initial(new ConvNet());
        model.to(precision);
        var trainer = new ConvNet.Trainer(model, workload.Options);
        var data = new ConvNet.Data(workload.Images, workload.Options, trainer.Device);
        return new GeneratedLoop<ConvNet.Batch>(
            "generated",
            model,
            trainer,
            data,
            trainer.Device,
            epoch => trainer.TrainEpoch(data, epoch),
            epoch => data.Shuffled(epoch),
            (batch, totals) =>
            {
                using var image = batch.Image.to(precision);
                trainer.Step(batch with { Image = image }, totals, workload.Options.LearningRate);
            });
    }

    /// <summary>The same network in the plain form.</summary>
    /// <param name="workload">What to train on.</param>
    public static IDeviceLoop Plain(Workload workload)
    {
        var model = workload.Initial(new PlainConvNet());
        var options = new PlainConvNet.Options
        {
            Device = workload.Options.Device,
            BatchSize = workload.Options.BatchSize,
            LearningRate = workload.Options.LearningRate,
            Seed = workload.Options.Seed,
            Workers = workload.Options.Workers,
        };
        var trainer = new PlainConvNet.Trainer(model, options);
        var data = new PlainConvNet.Data(workload.Images, options, trainer.Device);
        return new GeneratedLoop<PlainConvNet.Batch>(
            "plain",
            model,
            trainer,
            data,
            trainer.Device,
            epoch => trainer.TrainEpoch(data, epoch),
            epoch => data.Shuffled(epoch),
            (batch, totals) => trainer.Step(batch, totals, options.LearningRate));
    }

    /// <summary>The same network in plain C#.</summary>
    /// <param name="workload">What to train on.</param>
    public static ITrainingLoop CSharp(Workload workload)
    {
        var options = new CSharpConvNet.Options
        {
            BatchSize = workload.Options.BatchSize,
            LearningRate = workload.Options.LearningRate,
            Seed = workload.Options.Seed,
            Threads = workload.Options.Threads,
            Workers = workload.Options.Workers,
        };
        var model = new CSharpConvNet();
        ModelGen.Cpu.Weights.Load(model, workload.Weights);
        var trainer = new CSharpConvNet.Trainer(model, options);
        var data = new CSharpConvNet.Data(workload.Images, options);
        return new CSharpLoop(
            trainer,
            trainer.Workers,
            epoch => trainer.TrainEpoch(data, epoch),
            epoch => data.Shuffled(epoch),
            (batch, totals) => trainer.Step(batch, totals, options.LearningRate));
    }
}
