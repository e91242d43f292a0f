using ModelGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Adagrad (Duchi and others, 2011), PyTorch's <c>torch.optim.Adagrad</c>: with the sum s of all squares of gradients so far,
/// <c>w -= rate / (1 + (step - 1) * lr_decay) * g / (sqrt(s) + eps)</c>.
/// </summary>
public sealed class Adagrad : TorchOptimizer
{
    private readonly Tensor[] _sums;
    private readonly double _decay;
    private readonly Scalar _one;
    private readonly Scalar _eps;
    private readonly ChangingScalar _step;
    private Scalar _minusRate = null!; // set by Begin

    /// <summary>Starts with sums of <paramref name="initialAccumulatorValue"/>.</summary>
    /// <param name="parameters">The parameters by their names, as <c>named_parameters()</c> gives them: after the module was moved to its device.</param>
    /// <param name="lrDecay">How much each step makes the rate's divisor longer, at least 0.</param>
    /// <param name="eps">Keeps the divisor from zero: above 0.</param>
    /// <param name="initialAccumulatorValue">What the sums start from, at least 0.</param>
    /// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Adagrad(
        IEnumerable<(string name, Parameter parameter)> parameters,
        double lrDecay = 0,
        double eps = 1e-10,
        double initialAccumulatorValue = 0,
        double weightDecay = 0,
        bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.Adagrad(lrDecay, eps, initialAccumulatorValue), weightDecay, decayWeightsOnly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lrDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(initialAccumulatorValue);
        _decay = lrDecay;
        _step = Changing();
        (_one, _eps) = (Constant(1), Constant(eps));
        _sums = Remember("sum", initialAccumulatorValue);
    }

    private protected override void Begin(double learningRate) => _minusRate = _step.Of(-learningRate / (1 + ((TotalSteps - 1) * _decay)));

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        _sums[index].addcmul_(gradient, gradient, _one);
        using var divisor = _sums[index].sqrt();
        divisor.add_(_eps);
        parameter.addcdiv_(gradient, divisor, _minusRate);
    }
}
