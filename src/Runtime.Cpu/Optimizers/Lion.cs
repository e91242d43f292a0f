using System.Runtime.CompilerServices;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Lion (Chen and others, 2023, "Symbolic Discovery of Optimization Algorithms", program 1): <c>w -= rate * (sign(beta1 * m + (1 - beta1) * g) + decay * w)</c>,
/// then <c>m = beta2 * m + (1 - beta2) * g</c>. Every weight moves by the same length, so it takes a learning rate 3 to 10 times below AdamW's.
/// </summary>
public sealed class Lion : CpuOptimizer
{
    private readonly float[][] _means;
    private readonly Formula _formula;

    /// <summary>Starts with the mean at zero.</summary>
    /// <param name="parameters">A network's parameters; those that are not trained are left out.</param>
    /// <param name="beta1">How much of the gradients' mean is in a step's direction, from 0 to below 1.</param>
    /// <param name="beta2">How much of the gradients' mean stays at each step, from 0 to below 1.</param>
    /// <param name="weightDecay">The share of a weight that a step of learning rate 1 would take from it, at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public Lion(IEnumerable<Parameter> parameters, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0, bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.Lion(beta1, beta2), weightDecay, decayWeightsOnly)
    {
        _formula = new Formula
        {
            Beta1 = (float)Share(beta1),
            DirectionShare = (float)(1 - beta1),
            Beta2 = (float)Share(beta2),
            MeanShare = (float)(1 - beta2),
        };
        _means = Remember("exp_avg");
    }

    private protected override bool IsDecoupled => true;

    private protected override void Prepare(double learningRate)
    {
    }

    private protected override void Update(int index, Range part) => Move(_formula with { Rate = (float)LearningRate }, index, part, _means, [], []);

    private struct Formula : IStep
    {
        public float Beta1;
        public float DirectionShare; // 1 - beta1
        public float Beta2;
        public float MeanShare; // 1 - beta2
        public float Rate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, Simd.ILanes<TVector>
            where TVector : struct
        {
            var direction = TLanes.Add(TLanes.Multiply(first, TLanes.All(Beta1)), TLanes.Multiply(gradient, TLanes.All(DirectionShare)));
            var back = TLanes.Select(TLanes.GreaterThan(direction, TLanes.All(0)), TLanes.All(Rate), TLanes.All(0));
            var ahead = TLanes.Select(TLanes.GreaterThan(TLanes.All(0), direction), TLanes.All(Rate), TLanes.All(0));
            first = TLanes.Add(TLanes.Multiply(first, TLanes.All(Beta2)), TLanes.Multiply(gradient, TLanes.All(MeanShare)));
            return TLanes.Add(TLanes.Subtract(weight, back), ahead);
        }
    }
}
