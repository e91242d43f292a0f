using System.Runtime.CompilerServices;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Changes a network's weights by their gradients, as the optimizer of the same name in PyTorch's <c>torch.optim</c> does, in float32. Everything
/// that it remembers is in <see cref="State"/> and <see cref="StepCount"/>, and exists from the start: who copies values back into them goes on where
/// another run stopped.
/// </summary>
public abstract class CpuOptimizer
{
    private readonly List<(string Name, IReadOnlyList<int> Shape, float[] Values)> _state = [];
    private readonly OptimizerSettings _settings;
    private readonly double _weightDecay;
    private readonly bool _decayWeightsOnly;
    private readonly int _length; // of all parameters together
    private readonly Action<int> _moveShare; // one delegate for all steps
    private Team? _team; // during a step

    /// <param name="parameters">A network's parameters; those that are not trained are left out.</param>
    /// <param name="settings">What it is called, and its other numbers.</param>
    /// <param name="weightDecay">How strongly weights are pulled towards zero, at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    private protected CpuOptimizer(IEnumerable<Parameter> parameters, OptimizerSettings settings, double weightDecay, bool decayWeightsOnly)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        Parameters = [.. parameters.Where(parameter => parameter.IsTrained)];
        _settings = settings;
        _weightDecay = weightDecay;
        _decayWeightsOnly = decayWeightsOnly;
        _length = Parameters.Sum(parameter => parameter.Values.Length);
        _moveShare = MoveShare;
    }

    /// <summary>The parameters that it changes.</summary>
    public IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The steps done, from 0. Some optimizers count on it: restore it together with <see cref="State"/>.</summary>
    public long StepCount { get; set; }

    /// <summary>
    /// The steps that <see cref="State"/> had seen in another training, of which the formulas of some optimizers know and schedules do not: 0, unless a run goes
    /// on from PyTorch's state.
    /// </summary>
    public long EarlierSteps { get; set; }

    /// <summary>The learning rate of the last step; 0 before the first. It changes nothing: a step is given its own.</summary>
    public double LearningRate { get; set; }

    /// <summary>
    /// What it remembers from step to step, in the shape of its parameter: PyTorch's name behind the parameter's key, <c>conv1.weight.exp_avg</c>. Copy
    /// values into these arrays to restore them.
    /// </summary>
    public IEnumerable<(string Name, IReadOnlyList<int> Shape, float[] Values)> State => _state;

    /// <summary>Changes every parameter by its gradient, which stays.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    public void Step(double learningRate)
    {
        Begin(learningRate);
        Move(0, _length);
    }

    /// <summary>The same with the weights shared by a team: to the bit what one worker computes.</summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    /// <param name="team">Who takes part.</param>
    public void Step(double learningRate, Team team)
    {
        ArgumentNullException.ThrowIfNull(team);
        Begin(learningRate);
        _team = team;
        team.Run(_moveShare);
        _team = null;
    }

    /// <summary>Sets the gradients of its parameters to zero, to which the next batches add.</summary>
    public void ZeroGradients()
    {
        for (var i = 0; i < Parameters.Count; i++)
            Array.Clear(Parameters[i].Gradient);
    }

    /// <summary>It as PyTorch tells of it.</summary>
    /// <param name="all">The network's parameters by their keys in PyTorch's order.</param>
    internal OptimizerDescription Describe(IEnumerable<(string Name, IReadOnlyList<long> Shape)> all) =>
        _settings.Describe(all, Parameters.Select(parameter => parameter.Name), DecayOf);

    /// <summary>The steps that its formulas count, this one with them.</summary>
    private protected long TotalSteps => EarlierSteps + StepCount;

    /// <summary>Whether decay shrinks the weights themselves, as AdamW's does, and not by way of the gradient.</summary>
    private protected virtual bool IsDecoupled => false;

    /// <summary>Works out what is the same for all weights; <see cref="StepCount"/> is this step's number already, from 1.</summary>
    private protected abstract void Prepare(double learningRate);

    /// <summary>Changes a part of a parameter: calls <see cref="Move{TStep}"/> with its formula and what it remembers.</summary>
    private protected abstract void Update(int index, Range part);

    /// <summary>Changes a part of a parameter.</summary>
    /// <param name="step">The formula.</param>
    /// <param name="index">The parameter's.</param>
    /// <param name="part">Its elements.</param>
    /// <param name="first">What <see cref="Remember"/> gave; empty where nothing is remembered.</param>
    /// <param name="second">The same.</param>
    /// <param name="third">The same.</param>
    private protected void Move<TStep>(TStep step, int index, Range part, float[][] first, float[][] second, float[][] third)
        where TStep : struct, IStep
    {
        var parameter = Parameters[index];
        var decay = DecayOf(parameter.Shape.Count);
        new WeightLoop(parameter.Values.AsSpan(part), parameter.Gradient.AsSpan(part), Part(first), Part(second), Part(third)).Move(
            step,
            added: IsDecoupled ? 0 : (float)decay,
            kept: IsDecoupled ? (float)(1 - (LearningRate * decay)) : 1);

        Span<float> Part(float[][] arrays) => arrays.Length == 0 ? [] : arrays[index].AsSpan(part);
    }

    /// <summary>A share of what was, from 0 to below 1: it must leave room for what comes.</summary>
    private protected static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1, name);
        return value;
    }

    /// <summary>One array for each parameter, filled with <paramref name="value"/>, under PyTorch's name.</summary>
    private protected float[][] Remember(string name, double value = 0)
    {
        var arrays = Parameters.Select(parameter => new float[parameter.Values.Length]).ToArray();
        foreach (var array in arrays)
            Array.Fill(array, (float)value);
        _state.AddRange(Parameters.Zip(arrays, (parameter, array) => ($"{parameter.Name}.{name}", parameter.Shape, array)));
        return arrays;
    }

    private double DecayOf(long rank) => _decayWeightsOnly && rank < 2 ? 0 : _weightDecay;

    private void Begin(double learningRate)
    {
        StepCount++;
        LearningRate = learningRate;
        Prepare(learningRate);
    }

    private void MoveShare(int worker)
    {
        var (first, end) = _team!.Share(worker, _length);
        Move(first, end);
    }

    /// <summary>Changes a part of all weights, which are counted through all parameters.</summary>
    private void Move(int first, int end)
    {
        for (int i = 0, start = 0; i < Parameters.Count && start < end; start += Parameters[i++].Values.Length)
        {
            var (from, to) = (Math.Max(first - start, 0), Math.Min(end - start, Parameters[i].Values.Length));
            if (from < to)
                Update(i, from..to);
        }
    }
}
