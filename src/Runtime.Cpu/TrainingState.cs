using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Cpu;

/// <summary>
/// A network that is being trained, with its optimizer, its random numbers and the scores of the epoch so far: what a checkpoint holds. The keys, types
/// and shapes are those of the other backend, and so is the generator: a run that one backend began the other can go on with.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="optimizer">Changes it.</param>
/// <param name="totals">The scores of the epoch.</param>
/// <param name="random">The random numbers to come.</param>
/// <param name="averages">The averaged weights, which are what is saved as the network's, or null.</param>
public sealed class TrainingState(Network network, CpuOptimizer optimizer, Totals totals, Mt19937 random, AveragedWeights? averages = null) : ITrainingState
{
    /// <inheritdoc/>
    public long Steps => optimizer.StepCount;

    /// <inheritdoc/>
    public double LearningRate => optimizer.LearningRate;

    /// <inheritdoc/>
    public OptimizerDescription Optimizer => optimizer.Describe(
        network.Parameters.Where(parameter => parameter.IsLearnable)
            .Select(parameter => (parameter.Name, (IReadOnlyList<long>)[.. parameter.Shape.Select(size => (long)size)])));

    /// <inheritdoc/>
    public StateDict Read() => new(
        [.. Tensors(random.State, totals.Sums(), [LearningRate], [Steps], optimizer.EarlierSteps > 0 ? [optimizer.EarlierSteps] : [])
            .Select(tensor => tensor.Live())],
        NetworkState.Versions(network));

    /// <inheritdoc/>
    public void Restore(StateDict state, string source)
    {
        ArgumentNullException.ThrowIfNull(state);
        // What is right by its type and shape may be no generator's, and what follows changes the network.
        if (state.Entries.FirstOrDefault(entry => entry.Name == CheckpointFile.RandomState) is { } stored && Mt19937.Fault(stored.Tensor.Data.Span) is { } fault)
        {
            throw new ModelGenException(
                $"'{source}' is damaged in {CheckpointFile.RandomState}: {fault} Go on from best.ckpt or another checkpoint of the run, or train without --resume.");
        }

        var (bytes, sums, rate, steps) = (random.State, totals.Sums(), new[] { LearningRate }, new[] { Steps });
        var earlier = state.Entries.Any(entry => entry.Name == CheckpointFile.EarlierSteps) ? new long[1] : [];
        LiveTensor.Copy(state, [.. Tensors(bytes, sums, rate, steps, earlier)], source);
        totals.Restore(sums);
        optimizer.StepCount = steps[0];
        optimizer.EarlierSteps = earlier is [var before] ? before : 0;
        optimizer.LearningRate = rate[0];
        random.Restore(bytes);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> WithoutGradient() => network.WithoutGradient;

    /// <summary>All that a checkpoint holds, in its order: what is in use, and what is given for what has no memory of its own.</summary>
    private IEnumerable<LiveTensor> Tensors(byte[] randomState, double[] sums, double[] rate, long[] steps, long[] earlier) =>
    [
        .. network.Parameters.Select(parameter => LiveTensor.Of(parameter, CheckpointFile.ModelPrefix)),
        .. optimizer.State.Select(item => LiveTensor.Of(CheckpointFile.OptimizerPrefix + item.Name, item.Shape, item.Values)),
        .. averages is null ? [] : averages.State.Select(item => LiveTensor.Of(CheckpointFile.AveragePrefix + item.Name, item.Shape, item.Values)),
        new(new TensorSlot(CheckpointFile.RandomState, ElementType.UInt8, [randomState.Length]), () => randomState),
        new(new TensorSlot(CheckpointFile.Scores, ElementType.Float64, [sums.Length]), () => MemoryMarshal.AsBytes(sums.AsSpan())),
        new(new TensorSlot(CheckpointFile.LearningRate, ElementType.Float64, []), () => MemoryMarshal.AsBytes(rate.AsSpan())),
        new(new TensorSlot(CheckpointFile.Steps, ElementType.Int64, []), () => MemoryMarshal.AsBytes(steps.AsSpan())),
        .. earlier.Length == 0
            ? []
            : new[]
            {
                new LiveTensor(new TensorSlot(CheckpointFile.EarlierSteps, ElementType.Int64, []), () => MemoryMarshal.AsBytes(earlier.AsSpan()))
            },
    ];
}
