using ModelGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// RMSprop (Hinton, 2012), PyTorch's <c>torch.optim.RMSprop</c>: with the running mean v of the gradients' squares,
/// <c>w -= rate * g / (sqrt(v) + eps)</c>. Centred, v is their variance; with momentum, the quotient is gathered before the step.
/// </summary>
public sealed class RMSprop : TorchOptimizer
{
    private readonly Tensor[] _squares;
    private readonly Tensor[] _means; // none unless centred
    private readonly Tensor[] _buffers; // none without momentum
    private readonly Scalar _alpha;
    private readonly Scalar _share; // 1 - alpha
    private readonly Scalar _momentum;
    private readonly Scalar _eps;
    private readonly Scalar _minusOne;
    private readonly ChangingScalar _step;
    private Scalar _minusRate = null!; // set by Begin

    /// <summary>Starts with all means at zero.</summary>
    /// <param name="parameters">The parameters by their names, as <c>named_parameters()</c> gives them: after the module was moved to its device.</param>
    /// <param name="alpha">How much of the squares' mean stays at each step, from 0 to below 1.</param>
    /// <param name="eps">Keeps the divisor from zero: above 0.</param>
    /// <param name="momentum">The share of the last step that the next one keeps, from 0 to below 1.</param>
    /// <param name="centered">Whether the square of the gradients' mean is taken off the squares' mean.</param>
    /// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RMSprop(
        IEnumerable<(string name, Parameter parameter)> parameters,
        double alpha = 0.99,
        double eps = 1e-8,
        double momentum = 0,
        bool centered = false,
        double weightDecay = 0,
        bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.RMSprop(alpha, eps, momentum, centered), weightDecay, decayWeightsOnly)
    {
        (_alpha, _share, _momentum, _eps, _minusOne) = (Share(alpha), Constant(1 - alpha), Share(momentum), Constant(eps), Constant(-1));
        _step = Changing();
        _squares = Remember("square_avg");
        _means = centered ? Remember("grad_avg") : [];
        _buffers = momentum > 0 ? Remember("momentum_buffer") : [];
    }

    private protected override void Begin(double learningRate) => _minusRate = _step.Of(-learningRate);

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        _squares[index].mul_(_alpha).addcmul_(gradient, gradient, _share);
        if (_means.Length > 0)
            _means[index].mul_(_alpha).add_(gradient, _share);
        using var divisor = _means.Length > 0 ? _squares[index].addcmul(_means[index], _means[index], _minusOne) : _squares[index].clone();
        divisor.sqrt_().add_(_eps);
        if (_buffers.Length == 0)
        {
            parameter.addcdiv_(gradient, divisor, _minusRate);
            return;
        }

        _buffers[index].mul_(_momentum).add_(gradient.div_(divisor));
        parameter.add_(_buffers[index], _minusRate);
    }
}
