using System.Diagnostics;
using ModelGen.Cpu;
using ModelGen.Training;

namespace TrainingBenchmarks;

/// <summary>What ModelGen generates in plain C#, as <see cref="GeneratedLoop{TBatch}"/> is what it generates for TorchSharp.</summary>
/// <param name="trainer">The network's trainer, from now on this loop's.</param>
/// <param name="workers">The threads that compute.</param>
/// <param name="trainEpoch">The trainer's <c>TrainEpoch</c> with the data.</param>
/// <param name="batches">The batches of an epoch.</param>
/// <param name="step">The trainer's <c>Step</c>.</param>
internal sealed class CSharpLoop(
    IDisposable trainer,
    int workers,
    Func<int, Scores> trainEpoch,
    Func<int, IEnumerable<ImageBatch>> batches,
    Action<ImageBatch, ClassificationTotals> step) : ITrainingLoop
{
    public string Name => "C#";

    public TrainedEpoch TrainEpoch(int epoch)
    {
        var start = Stopwatch.GetTimestamp();
        var scores = trainEpoch(epoch);
        return new(scores.Loss, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public double[] Losses(int steps)
    {
        var totals = new ClassificationTotals(workers);
        var losses = new List<double>(steps);
        for (var epoch = 1; losses.Count < steps; epoch++)
        {
            foreach (var batch in batches(epoch).Take(steps - losses.Count))
            {
                totals.Reset();
                step(batch, totals);
                losses.Add(totals.Read().Loss);
            }
        }

        return [.. losses];
    }

    public void Dispose() => trainer.Dispose();
}
