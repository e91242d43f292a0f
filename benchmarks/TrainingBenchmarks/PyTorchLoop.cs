using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>The seed's program in PyTorch, in a process beside this one, on images in memory and on the batches that it is told.</summary>
internal sealed class PyTorchLoop : ITrainingLoop
{
    private readonly Workload _workload;
    private readonly PythonProcess _process;

    /// <param name="workload">What to train on.</param>
    /// <param name="python">Where to.</param>
    /// <param name="precision">What it computes in.</param>
    /// <exception cref="ModelGen.ModelGenException">It can't be started.</exception>
    public PyTorchLoop(Workload workload, PyTorch python, ScalarType precision = ScalarType.Float32)
    {
        _workload = workload;
        Name = $"PyTorch {python.Version}";
        workload.WriteImages();
        var type = precision.ToString().ToLowerInvariant();
        _process = new PythonProcess(python, "seed_memory.py", workload.Folder, type, $"{workload.Options.Threads}");
    }

    public string Name { get; }

    /// <summary>Its own clock is read: it leaves out what goes over the pipe.</summary>
    public TrainedEpoch TrainEpoch(int epoch)
    {
        int[][] batches = [.. _workload.Batches(epoch)];
        var answer = _process.Ask<Answer>(batches);
        return new(batches.Zip(answer.Losses, (batch, loss) => batch.Length * loss).Sum() / _workload.Images.Count, answer.Seconds);
    }

    public double[] Losses(int steps) => _process.Ask<Answer>(_workload.FirstBatches(steps)).Losses;

    public void Dispose() => _process.Dispose();

    private sealed record Answer(double Seconds, double[] Losses);
}
