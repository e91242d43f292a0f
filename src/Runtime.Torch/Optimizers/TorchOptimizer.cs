using System.Runtime.CompilerServices;
using ModelGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Changes a network's weights by their gradients, as the optimizer of the same name in PyTorch's <c>torch.optim</c> does, to the last digits of
/// double precision. Everything that it remembers is in <see cref="State"/> and <see cref="StepCount"/>, and exists from the start: who copies
/// values back into them goes on where another run stopped.
/// </summary>
public abstract class TorchOptimizer : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> _state = [];
    private readonly List<IDisposable> _scalars = [];
    private readonly ChangingScalar _kept;
    private readonly OptimizerSettings _settings;
    private readonly double _weightDecay;
    private readonly Scalar _decay; // the same for libtorch
    private readonly bool _decayWeightsOnly;

    /// <param name="parameters">The parameters by their names, as <c>named_parameters()</c> gives them: after the module was moved to its device.</param>
    /// <param name="settings">What it is called, and its other numbers.</param>
    /// <param name="weightDecay">How strongly weights are pulled towards zero, at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    private protected TorchOptimizer(IEnumerable<(string name, Parameter parameter)> parameters, OptimizerSettings settings, double weightDecay, bool decayWeightsOnly)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(weightDecay);
        Parameters = [.. parameters.Where(item => item.parameter.requires_grad).Select(item => (item.name, (Tensor)item.parameter))];
        _settings = settings;
        _weightDecay = weightDecay;
        _decay = Constant(weightDecay);
        _kept = Changing();
        _decayWeightsOnly = decayWeightsOnly;
    }

    /// <summary>The parameters that it changes, by their keys in the state_dict; those that take no gradient are not among them.</summary>
    public IReadOnlyList<(string Name, Tensor Tensor)> Parameters { get; }

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
    /// What it remembers from step to step, each tensor with the shape of its parameter: PyTorch's name behind the parameter's key,
    /// <c>conv1.weight.exp_avg</c>. Copy values into these tensors to restore them.
    /// </summary>
    public IEnumerable<(string Name, Tensor Tensor)> State => _state;

    /// <summary>
    /// Changes every parameter that has a gradient. The gradients are used up: the step computes in their memory. It waits for no device.
    /// </summary>
    /// <param name="learningRate">The step size, at least 0.</param>
    public void Step(double learningRate)
    {
        using var noGradients = torch.no_grad();
        StepCount++;
        LearningRate = learningRate;
        Begin(learningRate);
        for (var i = 0; i < Parameters.Count; i++)
        {
            var parameter = Parameters[i].Tensor;
            using var gradient = parameter.grad;
            if (gradient is null)
                continue;
            if (DecayOf(parameter.dim()) > 0)
                Decay(parameter, gradient, learningRate);
            Update(i, parameter, gradient);
        }
    }

    /// <summary>
    /// Forgets the gradients of its parameters, as PyTorch's <c>zero_grad</c>. A module's own searches itself for its parameters, which costs 6 KB of
    /// garbage for a network of ten.
    /// </summary>
    public void ZeroGradients()
    {
        for (var i = 0; i < Parameters.Count; i++)
            Parameters[i].Tensor.grad = null;
    }

    /// <summary>Frees what it remembers; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var (_, tensor) in _state)
            tensor.Dispose();
        foreach (var scalar in _scalars)
            scalar.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>It as PyTorch tells of it.</summary>
    /// <param name="all">The network's parameters by their keys in PyTorch's order.</param>
    internal OptimizerDescription Describe(IEnumerable<(string Name, IReadOnlyList<long> Shape)> all) =>
        _settings.Describe(all, Parameters.Select(parameter => parameter.Name), DecayOf);

    /// <summary>The steps that its formulas count, this one with them.</summary>
    private protected long TotalSteps => EarlierSteps + StepCount;

    /// <summary>Whether decay shrinks the weights themselves, as AdamW's does, and not by way of the gradient.</summary>
    private protected virtual bool IsDecoupled => false;

    /// <summary>Works out what is the same for all parameters; <see cref="StepCount"/> is this step's number already, from 1.</summary>
    private protected abstract void Begin(double learningRate);

    private protected abstract void Update(int index, Tensor parameter, Tensor gradient);

    /// <summary>A share of what was, from 0 to below 1: it must leave room for what comes.</summary>
    private protected Scalar Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(value, 1, name);
        return Constant(value);
    }

    /// <summary>A number that every step uses.</summary>
    private protected Scalar Constant(double value)
    {
        var scalar = value.ToScalar();
        _scalars.Add(scalar);
        return scalar;
    }

    /// <summary>A number that steps may change.</summary>
    private protected ChangingScalar Changing()
    {
        var scalar = new ChangingScalar();
        _scalars.Add(scalar);
        return scalar;
    }

    /// <summary>One tensor for each parameter, of its shape and filled with <paramref name="value"/>, under PyTorch's name.</summary>
    private protected Tensor[] Remember(string name, double value = 0)
    {
        using var outermost = NewDisposeScope();
        var tensors = Parameters.Select(parameter => torch.full_like(parameter.Tensor, value, requires_grad: false).DetachFromDisposeScope()).ToArray();
        _state.AddRange(Parameters.Zip(tensors, (parameter, tensor) => ($"{parameter.Name}.{name}", tensor)));
        return tensors;
    }

    private double DecayOf(long rank) => _decayWeightsOnly && rank < 2 ? 0 : _weightDecay;

    private void Decay(Tensor parameter, Tensor gradient, double learningRate)
    {
        if (IsDecoupled)
            parameter.mul_(_kept.Of(1 - (learningRate * _weightDecay)));
        else
            gradient.add_(parameter, _decay);
    }
}
