using System.Runtime.CompilerServices;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// RMSprop (Hinton, 2012), PyTorch's <c>torch.optim.RMSprop</c>: with the running mean v of the gradients' squares,
/// <c>w -= rate * g / (sqrt(v) + eps)</c>. Centred, v is their variance; with momentum, the quotient is gathered before the step.
/// </summary>
public sealed class RMSprop : CpuOptimizer
{
    private readonly float[][] _squares;
    private readonly float[][] _means; // none unless centred
    private readonly float[][] _buffers; // none without momentum
    private readonly Formula _formula;

    /// <summary>Starts with all means at zero.</summary>
    /// <param name="parameters">A network's parameters; those that are not trained are left out.</param>
    /// <param name="alpha">How much of the squares' mean stays at each step, from 0 to below 1.</param>
    /// <param name="eps">Keeps the divisor from zero: above 0.</param>
    /// <param name="momentum">The share of the last step that the next one keeps, from 0 to below 1.</param>
    /// <param name="centered">Whether the square of the gradients' mean is taken off the squares' mean.</param>
    /// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public RMSprop(
        IEnumerable<Parameter> parameters, double alpha = 0.99, double eps = 1e-8, double momentum = 0, bool centered = false,
        double weightDecay = 0, bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.RMSprop(alpha, eps, momentum, centered), weightDecay, decayWeightsOnly)
    {
        _formula = new Formula
        {
            Alpha = (float)Share(alpha),
            Share = (float)(1 - alpha),
            Eps = (float)eps,
            Momentum = (float)Share(momentum),
            IsCentered = centered,
        };
        _squares = Remember("square_avg");
        _means = centered ? Remember("grad_avg") : [];
        _buffers = momentum > 0 ? Remember("momentum_buffer") : [];
    }

    private protected override void Prepare(double learningRate)
    {
    }

    private protected override void Update(int index, Range part) => Move(_formula with { Rate = (float)LearningRate }, index, part, _squares, _means, _buffers);

    private struct Formula : IStep
    {
        public float Alpha;
        public float Share; // 1 - alpha
        public float Eps;
        public float Momentum;
        public float Rate;
        public bool IsCentered;

        // Without momentum the buffer starts from 0 at every step, and is the quotient.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, Simd.ILanes<TVector>
            where TVector : struct
        {
            first = TLanes.Add(TLanes.Multiply(first, TLanes.All(Alpha)), TLanes.Multiply(TLanes.Multiply(gradient, gradient), TLanes.All(Share)));
            var variance = first;
            if (IsCentered)
            {
                second = TLanes.Add(TLanes.Multiply(second, TLanes.All(Alpha)), TLanes.Multiply(gradient, TLanes.All(Share)));
                variance = TLanes.Subtract(first, TLanes.Multiply(second, second));
            }

            var quotient = TLanes.Divide(gradient, TLanes.Add(TLanes.Sqrt(variance), TLanes.All(Eps)));
            third = TLanes.Add(TLanes.Multiply(third, TLanes.All(Momentum)), quotient);
            return TLanes.Subtract(weight, TLanes.Multiply(third, TLanes.All(Rate)));
        }
    }
}
