using ModelGen.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Adaptive moment estimation, the step of <see cref="Adam"/> and <see cref="AdamW"/>: with the running means m of the gradients and v of their
/// squares, both corrected for having started at zero, <c>w -= rate * m / (sqrt(v) + eps)</c>.
/// </summary>
public abstract class AdaptiveMoments : TorchOptimizer
{
    private readonly Tensor[] _means;
    private readonly Tensor[] _squares;
    private readonly (double First, double Second) _betas;
    private readonly Scalar _beta1;
    private readonly Scalar _firstShare; // 1 - beta1
    private readonly Scalar _beta2;
    private readonly Scalar _secondShare; // 1 - beta2
    private readonly Scalar _eps;
    private readonly ChangingScalar _step;
    private readonly ChangingScalar _correction;
    private Scalar _minusStep = null!; // set by Begin, as the next
    private Scalar _squareCorrection = null!;

    private protected AdaptiveMoments(
        IEnumerable<(string name, Parameter parameter)> parameters, double beta1, double beta2, double eps, double weightDecay, bool decayWeightsOnly, bool isDecoupled)
        : base(parameters, OptimizerSettings.Adam(beta1, beta2, eps, isDecoupled), weightDecay, decayWeightsOnly)
    {
        IsDecoupled = isDecoupled;
        _betas = (beta1, beta2);
        _beta1 = Share(beta1);
        _firstShare = Constant(1 - beta1);
        _beta2 = Share(beta2);
        _secondShare = Constant(1 - beta2);
        _eps = Constant(eps);
        (_step, _correction) = (Changing(), Changing());
        _means = Remember("exp_avg");
        _squares = Remember("exp_avg_sq");
    }

    private protected override bool IsDecoupled { get; }

    private protected override void Begin(double learningRate)
    {
        _minusStep = _step.Of(-learningRate / (1 - Math.Pow(_betas.First, TotalSteps)));
        _squareCorrection = _correction.Of(Math.Sqrt(1 - Math.Pow(_betas.Second, TotalSteps)));
    }

    private protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        _means[index].mul_(_beta1).add_(gradient, _firstShare);
        _squares[index].mul_(_beta2).addcmul_(gradient, gradient, _secondShare);

        // The gradient is not needed any more: its memory becomes the divisor.
        var divisor = gradient.copy_(_squares[index]).sqrt_().div_(_squareCorrection).add_(_eps);
        parameter.addcdiv_(_means[index], divisor, _minusStep);
    }
}
