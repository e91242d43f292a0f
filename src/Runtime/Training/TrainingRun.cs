using ModelGen.CommandLine;
using ModelGen.Data;
using ModelGen.Formats;
using ModelGen.Reporting;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Training;

/// <summary>
/// One training run: what it tells whoever listens, and the files in its folder (<see cref="RunFiles"/>). <see cref="Begin"/> comes first, then
/// <see cref="NextEpoch"/> until there is none, and <see cref="Complete"/> last. No other run writes into the folder until it is disposed.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly RunSetup _setup;
    private readonly IProgress<TrainingEvent>? _listener;
    private readonly CancellationToken _cancellation;
    private readonly RunFiles _files;
    private readonly IDisposable _taken;
    private readonly List<EpochMetrics> _epochs = [];
    private ITrainingState? _state;
    private CheckpointHeader? _resumed;
    private bool _isCheckpointDue;
    private bool _hasCheckpoint;

    /// <summary>Makes sure that the output folder can be written, before anything is trained.</summary>
    /// <param name="setup">What the run starts from.</param>
    /// <param name="progress">Is told what happens, or null.</param>
    /// <param name="cancellation">Stops the run after the batch that it is in, with a checkpoint.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="ModelGenException">The output folder can't be written, or another run writes there, or a class name has a line break; nothing was changed.</exception>
    public TrainingRun(RunSetup setup, IProgress<TrainingEvent>? progress = null, CancellationToken cancellation = default)
        : this(setup, progress, TimeProvider.System, cancellation)
    {
    }

    /// <summary>The same with the clock to use.</summary>
    internal TrainingRun(RunSetup setup, IProgress<TrainingEvent>? progress, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(setup);
        TrainingSettings.Check(setup.Options);
        LabelsFile.Check(setup.Classes);
        if (setup.Patience is not null && setup.Data.TestCount == 0)
            throw new ModelGenException("The spec stops early when the test scores no longer become better ('patience'), but there is no test data: name some with --test-data, or set 'validation_share'.");
        _setup = setup;
        _listener = progress;
        _cancellation = cancellation;
        _files = new RunFiles(setup, time);
        _taken = RunFolder.PrepareForTraining(setup.Options.Out, setup.Options.Save, setup.Options.SaveOptimizer);
        Time = time;
    }

    /// <summary>Where the weights go after each epoch: <c>model.pth</c> in the output folder.</summary>
    public string WeightsPath => _files.Weights;

    /// <summary>Takes what the run is to save, and with <c>Resume</c>, or else <c>LoadOptimizer</c>, puts it where a file has it.</summary>
    /// <param name="state">The network and all that goes with it; it stays the caller's.</param>
    /// <exception cref="ModelGenException">
    /// There is no checkpoint, or it is of another run, or nothing is left to do, or the optimizer's state is not of such an optimizer; nothing was changed.
    /// </exception>
    public void Begin(ITrainingState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _state = state;
        IReadOnlyList<string> notes = [];
        if (_setup.Options.Resume)
            Resume(state);
        else if (_setup.Options.LoadOptimizer is { } file)
            notes = OptimizerFile.Load(file, state, _setup.Options.LearningRate);

        // Now, and not within the first checkpoint: it may take a while, and nobody's time is measured here.
        _ = _files.DataHash;
        var replaces = !_setup.Options.Resume && RunFolder.HoldsWeights(_setup.Options.Out);
        if (!replaces)
            _files.WriteRecord();
        Tell(new RunStarted(
            _setup.Model,
            _setup.Parameters,
            _setup.Data.Told,
            _setup.Device,
            _setup.Options,
            _resumed is { } at ? FormattableString.Invariant($"epoch {at.Epoch}, batch {at.Batch}") : null)
        { Unit = _setup.Data.Unit, Judging = _setup.Data.Judging });
        if (replaces)
            Tell(new RunNoted($"'{_setup.Options.Out}' holds an earlier run, which this one replaces: its {RunFolder.Last} with the first checkpoint, its other files after the first epoch."));
        foreach (var note in notes)
            Tell(new RunNoted(note + "."));
    }

    /// <summary>Begins the next epoch and starts its clock; null when the last one was trained, or the spec's patience is at its end.</summary>
    /// <param name="batches">What it is trained with: at least one batch.</param>
    /// <exception cref="TrainingStoppedException">The run was asked to stop; its last checkpoint is written.</exception>
    /// <exception cref="OperationCanceledException">The run was asked to stop before it had anything to write.</exception>
    public EpochProgress? NextEpoch(IBatches batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        var epoch = _epochs.Count + 1;
        if (epoch > Epochs)
            return null;
        if (_setup.Patience is { } patience && _setup.Judge.EpochsSinceImprovement(_epochs) >= patience)
        {
            Tell(new RunNoted(FormattableString.Invariant(
                $"Stopped early: for {patience} epochs the {_setup.Data.Judging.Words} {_setup.Judge.Word} has not become better.")));
            return null;
        }

        ThrowIfStopped(epoch, 0);
        return new EpochProgress(this, epoch, batches, epoch == _resumed?.Epoch ? _resumed : null);
    }

    /// <summary>Writes <c>result.json</c> and tells what the run came to.</summary>
    /// <exception cref="InvalidOperationException">No epoch was finished.</exception>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public TrainingResult Complete()
    {
        if (_epochs.Count == 0)
            throw new InvalidOperationException("A run is complete after at least one finished epoch.");
        var result = new TrainingResult([.. _epochs], Best, TimeSpan.FromSeconds(_epochs.Sum(epoch => epoch.Seconds)), WeightsPath);
        _files.Write(result);
        // Judged behind the epoch and without what makes learning harder, such as dropout: training accuracy may never be 1.
        if (_setup.Options.Overfit is not null && result.Last.TestAccuracy < 1)
        {
            Tell(new RunNoted(FormattableString.Invariant(
                $"The network did not learn its {_setup.Data.TrainCount} {_setup.Data.Unit} by heart: train for more --epochs, or look for a fault in the spec or in the labels.")));
        }

        if (_setup.Data.LeavesTest && (_setup.Options.TestData ?? _setup.Options.Data) is { } test)
        {
            var best = Path.Combine(_setup.Options.Out, RunFolder.Best);
            Tell(new RunNoted(
                $"The test {_setup.Data.Unit} were not used: eval --load {Resumption.Quoted(best)} --data {Resumption.Quoted(test)} measures the network on them."));
        }

        Tell(new RunCompleted(result));
        return result;
    }

    /// <summary>Leaves the folder to other runs.</summary>
    public void Dispose() => _taken.Dispose();

    /// <summary>The clock that the run is measured with.</summary>
    internal TimeProvider Time { get; }

    /// <summary>How many epochs there will be.</summary>
    internal int Epochs => _setup.Options.Epochs;

    /// <summary>Whether anybody listens.</summary>
    internal bool IsWatched => _listener is not null;

    /// <summary>Tells whoever listens.</summary>
    internal void Tell(TrainingEvent what) => _listener?.Report(what);

    /// <summary>Refuses a loss that is no longer a number, which no later epoch can bring back.</summary>
    internal void CheckFinite(int epoch, double loss)
    {
        if (!double.IsFinite(loss))
            throw Diverged(epoch, "the loss");
    }

    /// <summary>Looks, after the first step of a run from the start, for what is wrong from the beginning.</summary>
    internal void CheckFirstStep(double loss)
    {
        var expected = Math.Log(_setup.Classes.Count);
        if (_setup.Classes.Count > 1 && _setup.Options.Load is null && (loss > 3 * expected || loss < expected / 3))
        {
            Tell(new RunNoted(FormattableString.Invariant(
                $"The first loss is {loss:F2}, but a network that knows nothing gives ln({_setup.Classes.Count}) = {expected:F2}: look at the scale of the inputs and at the initial weights.")));
        }

        foreach (var parameter in _state!.WithoutGradient())
            Tell(new RunNoted($"The parameter '{parameter}' gets no gradient, so it does not learn: look whether the loss depends on its layer."));
    }

    /// <summary>The learning rate of the last step.</summary>
    internal double LearningRate => _state!.LearningRate;

    /// <summary>After a batch: writes a checkpoint when one is due, and stops when asked to, both at the next place between two steps.</summary>
    /// <exception cref="TrainingStoppedException">The run was asked to stop; the checkpoint is written.</exception>
    internal void BatchDone(int epoch, int batch, IRunningScores soFar, TimeSpan elapsed, bool isBetweenSteps)
    {
        _isCheckpointDue |= batch % _setup.Options.CheckpointEvery == 0 || _cancellation.IsCancellationRequested;
        if (!isBetweenSteps || !_isCheckpointDue)
            return;
        _isCheckpointDue = false;

        CheckFinite(epoch, soFar.Read().Loss);
        _files.WriteLast(Header(epoch, batch, soFar.Images, elapsed), Everything(_state!, epoch));
        Saved();
        ThrowIfStopped(epoch, batch);
    }

    /// <summary>Adds a finished epoch, and saves where the run is.</summary>
    internal void Add(EpochMetrics metrics, IEvaluationDetails? details)
    {
        if (_state is null)
            throw new InvalidOperationException("Begin comes before the first epoch.");
        var everything = Everything(_state, metrics.Epoch);
        _epochs.Add(metrics);
        _files.WriteEpoch(_epochs, everything, _state, Header(metrics.Epoch + 1, 0, 0, TimeSpan.Zero), isBest: Best == metrics);
        Saved();
        _files.WriteReport(_epochs, Best, details);
    }

    private EpochMetrics? Best => _setup.Judge.Best(_epochs);

    /// <summary>
    /// All that a checkpoint holds. The last good one stays when the step before this one made weights that are no numbers: the losses so far are of the
    /// weights before it.
    /// </summary>
    /// <exception cref="TrainingDivergedException">Weights are no numbers.</exception>
    private StateDict Everything(ITrainingState state, int epoch)
    {
        var everything = state.Read();
        var trained = state.Optimizer.Parameters.Where(parameter => parameter.IsTrained)
            .Select(parameter => CheckpointFile.ModelPrefix + parameter.Name).ToHashSet(StringComparer.Ordinal);
        var diverged = everything.Entries.FirstOrDefault(entry => trained.Contains(entry.Name) && !entry.Tensor.IsFinite());
        return diverged is null ? everything : throw Diverged(epoch, $"'{diverged.Name[CheckpointFile.ModelPrefix.Length..]}'");
    }

    private TrainingDivergedException Diverged(int epoch, string what) => new(FormattableString.Invariant(
        $"Training diverged in epoch {epoch}: {what} is no longer finite at learning rate {_setup.Options.LearningRate}: lower --learning-rate."));

    private void Resume(ITrainingState state)
    {
        _resumed = CheckpointFile.Map(_files.Last, (header, tensors) =>
        {
            Check(header);
            state.Restore(tensors, _files.Last);
            return header;
        });
        _hasCheckpoint = true;
        _epochs.AddRange(_resumed.Epochs);
    }

    private void Check(CheckpointHeader header)
    {
        CheckpointMatch.Check(header, Header(1, 0, 0, TimeSpan.Zero), _setup.SpansRun, _files.Last);
        if (header.Epoch > Epochs)
        {
            var done = header.Epochs.Count == Epochs
                ? $"has finished its {Quantity.Counted(Epochs, "epoch")}"
                : FormattableString.Invariant($"has done {Quantity.Counted(header.Epochs.Count, "epoch")} already, and --epochs {Epochs} is fewer");
            // With more of them the learning rates would have been others from the start.
            var more = _setup.SpansRun
                ? $"its schedule ends there, so start another run from its weights, --load {Resumption.Quoted(_files.Last)}"
                : "name more with --epochs to go on";
            throw new ModelGenException($"The run in '{_setup.Options.Out}' {done}: {more}.");
        }
    }

    private void Saved()
    {
        _hasCheckpoint = true;
        Tell(new CheckpointSaved(_files.Last));
    }

    private void ThrowIfStopped(int epoch, int batch)
    {
        // Before the first checkpoint there is nothing to go on from.
        if (!_hasCheckpoint)
            _cancellation.ThrowIfCancellationRequested();
        if (_cancellation.IsCancellationRequested)
            throw new TrainingStoppedException(_setup.Options.Out, epoch, batch, _cancellation);
    }

    private CheckpointHeader Header(int epoch, int batch, long images, TimeSpan elapsed) => new(
        CheckpointHeader.CurrentFormat,
        _setup.Model,
        _setup.Spec,
        _setup.Data.Description,
        _files.DataHash,
        _files.Settings,
        epoch,
        batch,
        images,
        elapsed.TotalSeconds,
        _state!.Steps,
        [.. _epochs]);
}
