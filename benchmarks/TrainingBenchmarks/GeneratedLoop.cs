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
/// <param name="trainEpoch">The trainer's <c>TrainEpoch</c> with the data.</param>
/// <param name="batches">The batches of an epoch.</param>
/// <param name="step">The trainer's <c>Step</c>.</param>
internal sealed class GeneratedLoop<TBatch>(
    string name,
    nn.Module model,
    IDisposable trainer,
    IDisposable data,
    Func<int, Scores> trainEpoch,
    Func<int, IEnumerable<TBatch>> batches,
    Action<TBatch, ClassificationTotals> step) : ITrainingLoop
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
        using var totals = new ClassificationTotals(CPU);
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

    public void Dispose()
    {
        data.Dispose();
        trainer.Dispose();
        model.Dispose();
    }
}
