using System.Diagnostics;
using ModelGen.Torch;
using ModelGen.Training;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>
/// What ModelGen generates from a spec: nothing in here trains by itself. Two generated networks have the same members but no type in common, so
/// the members are handed over.
/// </summary>
/// <param name="name">What the tables call it.</param>
/// <param name="model">The network, from now on this loop's, as <paramref name="trainer"/> is.</param>
/// <param name="trainer">The network's trainer.</param>
/// <param name="data">The images, from now on this loop's, too.</param>
/// <param name="device">Where they are.</param>
/// <param name="trainEpoch">The trainer's <c>TrainEpoch</c> with the data.</param>
/// <param name="batches">The batches of an epoch.</param>
/// <param name="step">The trainer's <c>Step</c>.</param>
internal sealed class GeneratedLoop<TBatch>(
    string name,
    nn.Module model,
    IDisposable trainer,
    IDisposable data,
    Device device,
    Func<int, Scores> trainEpoch,
    Func<int, IEnumerable<TBatch>> batches,
    Action<TBatch, ClassificationTotals> step) : IDeviceLoop
    where TBatch : IDisposable
{
    public string Name => name;

    public TrainedEpoch TrainEpoch(int epoch)
    {
        var start = Stopwatch.GetTimestamp();
        var scores = trainEpoch(epoch);
        return new(scores.Loss, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public double[] Losses(int steps)
    {
        model.train();
        using var totals = new ClassificationTotals(device);
        var losses = new List<double>(steps);
        for (var epoch = 1; losses.Count < steps; epoch++)
        {
            foreach (var batch in batches(epoch).Take(steps - losses.Count))
            {
                totals.Reset();
                using (batch)
                    step(batch, totals);
                losses.Add(totals.Read().Loss);
            }
        }

        return [.. losses];
    }

    public double DeviceSeconds(int steps, int block)
    {
        model.train();
        using var totals = new ClassificationTotals(device);
        using var matrix = ones(block, block, device: device);
        Timed(Multiply);
        var waited = Timed(Multiply);
        return (Timed(Train) - waited) / steps;

        void Multiply() => matrix.matmul(matrix).Dispose();

        void Train()
        {
            Multiply();
            foreach (var batch in batches(1).Take(steps))
            {
                using (batch)
                    step(batch, totals);
            }
        }
    }

    private double Timed(Action work)
    {
        Synchronize();
        var start = Stopwatch.GetTimestamp();
        work();
        Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private void Synchronize()
    {
        if (device.type == TorchSharp.DeviceType.CUDA)
            cuda.synchronize();
    }

    public void Dispose()
    {
        data.Dispose();
        trainer.Dispose();
        model.Dispose();
    }
}
