using System.Diagnostics;
using ModelGen.Cpu;

namespace TrainingBenchmarks;

/// <summary>The generated program of the C# backend.</summary>
internal sealed class CSharpLoop : ITrainingLoop
{
    private readonly CSharpConvNet.Trainer _trainer;
    private readonly CSharpConvNet.Data _data;
    private readonly double _learningRate;

    public CSharpLoop(Workload workload)
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
        Weights.Load(model, workload.Weights);
        _trainer = new CSharpConvNet.Trainer(model, options);
        _data = new CSharpConvNet.Data(workload.Images, options);
        _learningRate = options.LearningRate;
    }

    public string Name => "C#";

    public TrainedEpoch TrainEpoch(int epoch)
    {
        var start = Stopwatch.GetTimestamp();
        var scores = _trainer.TrainEpoch(_data, epoch);
        return new(scores.Loss, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    public double[] Losses(int steps)
    {
        var totals = new ClassificationTotals(_trainer.Workers);
        var losses = new List<double>(steps);
        for (var epoch = 1; losses.Count < steps; epoch++)
        {
            foreach (var batch in _data.Shuffled(epoch).Take(steps - losses.Count))
            {
                totals.Reset();
                _trainer.Step(batch, totals, _learningRate);
                losses.Add(totals.Read().Loss);
            }
        }

        return [.. losses];
    }

    public void Dispose() => _trainer.Dispose();
}
