using ModelGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Stochastic gradient descent, PyTorch's <c>torch.optim.SGD</c>: <c>b = momentum * b + g</c>, and <c>w -= rate * b</c>. With Nesterov's momentum it
/// is <c>w -= rate * (g + momentum * b)</c>: the gradient is judged where the momentum would lead.
/// </summary>
public sealed class SGD : TorchOptimizer
{
    private readonly Tensor[] _buffers; // none without momentum
    private readonly Scalar _momentum;
    private readonly bool _nesterov;
    private readonly ChangingScalar _step;
    private Scalar _minusRate = null!; // set by Begin

    /// <summary>Starts with no momentum gathered.</summary>
    /// <param name="parameters">The parameters by their names, as <c>named_parameters()</c> gives them: after the module was moved to its device.</param>
    /// <param name="momentum">The share of the last step that the next one keeps, from 0 to below 1.</param>
    /// <param name="nesterov">Whether the gradient is taken ahead of the momentum.</param>
    /// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public SGD(
        IEnumerable<(string name, Parameter parameter)> parameters, double momentum = 0, bool nesterov = false, double weightDecay = 0, bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.SGD(momentum, nesterov), weightDecay, decayWeightsOnly)
    {
        _momentum = Share(momentum);
        _nesterov = nesterov;
        _step = Changing();
        _buffers = momentum > 0 ? Remember("momentum_buffer") : [];
    }

    private protected override void Begin(double learningRate) => _minusRate = _step.Of(-learningRate);

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        var direction = gradient;
        if (_buffers.Length > 0)
        {
            var buffer = _buffers[index];
            buffer.mul_(_momentum).add_(gradient);
            direction = _nesterov ? gradient.add_(buffer, _momentum) : buffer;
        }

        parameter.add_(direction, _minusRate);
    }
}
