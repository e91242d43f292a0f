using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// A network that is being trained, with its optimizer and the scores of the epoch so far: what a checkpoint holds. The random numbers are
/// those of the CPU; those of a CUDA device can't be read.
/// </summary>
/// <param name="model">The network.</param>
/// <param name="optimizer">Changes it.</param>
/// <param name="totals">The scores of the epoch.</param>
/// <param name="averages">The averaged weights, which are what is saved as the network's, or null.</param>
public sealed class TrainingState(nn.Module model, TorchOptimizer optimizer, Totals totals, AveragedWeights? averages = null) : ITrainingState
{
    /// <inheritdoc/>
    public long Steps => optimizer.StepCount;

    /// <inheritdoc/>
    public double LearningRate => optimizer.LearningRate;

    /// <inheritdoc/>
    public OptimizerDescription Optimizer => optimizer.Describe(
        ModuleState.Tensors(model).Where(item => item.Tensor is Parameter).Select(item => (item.Name, (IReadOnlyList<long>)item.Tensor.shape)));

    /// <inheritdoc/>
    public StateDict Read()
    {
        using var random = get_rng_state();
        var weights = ModuleState.Live(model);
        var sums = totals.Sums();
        return new StateDict(
            [
                .. weights.Entries.Select(entry => entry with { Name = CheckpointFile.ModelPrefix + entry.Name }),
                .. optimizer.State.Select(item => ModuleState.Live(CheckpointFile.OptimizerPrefix + item.Name, item.Tensor)),
                .. Averages.Select(item => ModuleState.Live(item.Name, item.Tensor)),
                ModuleState.Read(CheckpointFile.RandomState, random),
                new StateDictEntry(CheckpointFile.Scores, new StoredTensor(ElementType.Float64, [sums.Length], MemoryMarshal.AsBytes<double>(sums).ToArray())),
                new StateDictEntry(CheckpointFile.LearningRate, new StoredTensor(ElementType.Float64, [], BitConverter.GetBytes(LearningRate))),
                new StateDictEntry(CheckpointFile.Steps, new StoredTensor(ElementType.Int64, [], BitConverter.GetBytes(Steps))),
                .. optimizer.EarlierSteps == 0
                    ? []
                    : new[]
                    {
                        new StateDictEntry(CheckpointFile.EarlierSteps, new StoredTensor(ElementType.Int64, [], BitConverter.GetBytes(optimizer.EarlierSteps)))
                    },
            ],
            weights.ModuleVersions);
    }

    /// <inheritdoc/>
    public void Restore(StateDict state, string source)
    {
        ArgumentNullException.ThrowIfNull(state);
        using var random = get_rng_state();
        using var scores = zeros(totals.Sums().Length, ScalarType.Float64);
        using var steps = zeros([], ScalarType.Int64);
        using var earlier = zeros([], ScalarType.Int64);
        using var rate = zeros([], ScalarType.Float64);
        ModuleState.Copy(
            state,
            [
                .. ModuleState.Tensors(model).Select(item => (CheckpointFile.ModelPrefix + item.Name, item.Tensor)),
                .. optimizer.State.Select(item => (CheckpointFile.OptimizerPrefix + item.Name, item.Tensor)),
                .. Averages,
                (CheckpointFile.RandomState, random),
                (CheckpointFile.Scores, scores),
                (CheckpointFile.LearningRate, rate),
                (CheckpointFile.Steps, steps),
                .. state.Entries.Any(entry => entry.Name == CheckpointFile.EarlierSteps) ? new[] { (CheckpointFile.EarlierSteps, earlier) } : [],
            ],
            source);
        totals.Restore(scores.data<double>().ToArray());
        optimizer.StepCount = steps.item<long>();
        optimizer.EarlierSteps = earlier.item<long>();
        optimizer.LearningRate = rate.item<double>();

        // Last: nothing that comes before it may draw from them.
        set_rng_state(random);
    }

    private IEnumerable<(string Name, Tensor Tensor)> Averages =>
        averages is null ? [] : averages.State.Select(item => (CheckpointFile.AveragePrefix + item.Name, item.Tensor));

    /// <inheritdoc/>
    public IReadOnlyList<string> WithoutGradient()
    {
        // Not those whose gradient is zero: behind a weight that starts from zero all of them are, and learn from the second step on; nor biases
        // that a batch norm takes away.
        using var scope = NewDisposeScope();
        var untrained = BatchNorms.Of(model).Select(pair => pair.Untrained).OfType<Tensor>().ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. optimizer.Parameters.Where(item => item.Tensor.grad is null && !untrained.Contains(item.Tensor)).Select(item => item.Name)];
    }
}
