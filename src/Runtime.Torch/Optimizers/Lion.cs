using ModelGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Lion (Chen and others, 2023, "Symbolic Discovery of Optimization Algorithms", program 1): <c>w -= rate * (sign(beta1 * m + (1 - beta1) * g) + decay * w)</c>,
/// then <c>m = beta2 * m + (1 - beta2) * g</c>. Every weight moves by the same length, so it takes a learning rate 3 to 10 times below AdamW's.
/// </summary>
public sealed class Lion : TorchOptimizer
{
    private readonly Tensor[] _means;
    private readonly Scalar _beta1;
    private readonly Scalar _directionShare; // 1 - beta1
    private readonly Scalar _beta2;
    private readonly Scalar _meanShare; // 1 - beta2
    private readonly ChangingScalar _step;
    private Scalar _minusRate = null!; // set by Begin

    /// <summary>Starts with the mean at zero.</summary>
    /// <param name="parameters">The parameters by their names, as <c>named_parameters()</c> gives them: after the module was moved to its device.</param>
    /// <param name="beta1">How much of the gradients' mean is in a step's direction, from 0 to below 1.</param>
    /// <param name="beta2">How much of the gradients' mean stays at each step, from 0 to below 1.</param>
    /// <param name="weightDecay">The share of a weight that a step of learning rate 1 would take from it, at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Lion(
        IEnumerable<(string name, Parameter parameter)> parameters, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0, bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.Lion(beta1, beta2), weightDecay, decayWeightsOnly)
    {
        (_beta1, _directionShare, _beta2, _meanShare) = (Share(beta1), Constant(1 - beta1), Share(beta2), Constant(1 - beta2));
        _step = Changing();
        _means = Remember("exp_avg");
    }

    private protected override bool IsDecoupled => true;

    private protected override void Begin(double learningRate) => _minusRate = _step.Of(-learningRate);

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        using var direction = _means[index].mul(_beta1);
        parameter.add_(direction.add_(gradient, _directionShare).sign_(), _minusRate);
        _means[index].mul_(_beta2).add_(gradient, _meanShare);
    }
}
