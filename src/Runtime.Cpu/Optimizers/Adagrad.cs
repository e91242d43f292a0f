using System.Runtime.CompilerServices;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Adagrad (Duchi and others, 2011), PyTorch's <c>torch.optim.Adagrad</c>: with the sum s of all squares of gradients so far,
/// <c>w -= rate / (1 + (step - 1) * lr_decay) * g / (sqrt(s) + eps)</c>.
/// </summary>
public sealed class Adagrad : CpuOptimizer
{
    private readonly float[][] _sums;
    private readonly double _decay;
    private readonly double _eps;
    private Formula _formula; // this step's

    /// <summary>Starts with sums of <paramref name="initialAccumulatorValue"/>.</summary>
    /// <param name="parameters">A network's parameters; those that are not trained are left out.</param>
    /// <param name="lrDecay">How much each step makes the rate's divisor longer, at least 0.</param>
    /// <param name="eps">Keeps the divisor from zero: above 0.</param>
    /// <param name="initialAccumulatorValue">What the sums start from, at least 0.</param>
    /// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Adagrad(
        IEnumerable<Parameter> parameters, double lrDecay = 0, double eps = 1e-10, double initialAccumulatorValue = 0,
        double weightDecay = 0, bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.Adagrad(lrDecay, eps, initialAccumulatorValue), weightDecay, decayWeightsOnly)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lrDecay);
        ArgumentOutOfRangeException.ThrowIfNegative(initialAccumulatorValue);
        (_decay, _eps) = (lrDecay, eps);
        _sums = Remember("sum", initialAccumulatorValue);
    }

    private protected override void Prepare(double learningRate) => _formula = new Formula((float)(learningRate / (1 + ((TotalSteps - 1) * _decay))), (float)_eps);

    private protected override void Update(int index, Range part) => Move(_formula, index, part, _sums, [], []);

    private readonly struct Formula(float rate, float eps) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, Simd.ILanes<TVector>
            where TVector : struct
        {
            first = TLanes.Add(first, TLanes.Multiply(gradient, gradient));
            return TLanes.Subtract(weight, TLanes.Divide(TLanes.Multiply(gradient, TLanes.All(rate)), TLanes.Add(TLanes.Sqrt(first), TLanes.All(eps))));
        }
    }
}
