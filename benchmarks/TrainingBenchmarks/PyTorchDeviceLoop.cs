namespace TrainingBenchmarks;

/// <summary>The seed's network in PyTorch, in a process beside this one, on images that live on the device (<c>seed_device.py</c>).</summary>
internal sealed class PyTorchDeviceLoop : IDeviceLoop
{
    private readonly Workload _workload;
    private readonly PythonProcess _process;

    /// <param name="workload">What to train on, its images written.</param>
    /// <param name="python">Where to.</param>
    /// <param name="form">The script's word for how it is written.</param>
    /// <param name="name">What tables call that.</param>
    /// <exception cref="ModelGen.ModelGenException">It can't be started.</exception>
    public PyTorchDeviceLoop(Workload workload, PyTorch python, string form, string name)
    {
        (_workload, Name) = (workload, name);
        _process = new PythonProcess(python, "seed_device.py", workload.Folder, workload.Options.Device, form, workload.Options.Tf32 ? "on" : "off");
    }

    public string Name { get; }

    public TrainedEpoch TrainEpoch(int epoch)
    {
        int[][] batches = [.. _workload.Batches(epoch)];
        var answer = Ask(batches);
        return new(batches.Zip(answer.Losses, (batch, loss) => batch.Length * loss).Sum() / _workload.Images.Count, answer.Seconds);
    }

    public double[] Losses(int steps) => Ask(_workload.FirstBatches(steps)).Losses;

    public double DeviceSeconds(int steps, int block) => Ask(_workload.FirstBatches(steps), block).Seconds / steps;

    public void Dispose() => _process.Dispose();

    private Answer Ask(IEnumerable<int[]> batches, int block = 0) => _process.Ask<Answer>(new { batches, block });

    private sealed record Answer(double Seconds, double[] Losses);
}
