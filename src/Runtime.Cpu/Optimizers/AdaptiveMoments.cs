using System.Runtime.CompilerServices;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Adaptive moment estimation, the step of <see cref="Adam"/> and <see cref="AdamW"/>: with the running means m of the gradients and v of their
/// squares, both corrected for having started at zero, <c>w -= rate * m / (sqrt(v) + eps)</c>.
/// </summary>
public abstract class AdaptiveMoments : CpuOptimizer
{
    private readonly float[][] _means;
    private readonly float[][] _squares;
    private readonly double _beta1;
    private readonly double _beta2;
    private readonly double _eps;
    private Formula _formula; // this step's

    private protected AdaptiveMoments(
        IEnumerable<Parameter> parameters, double beta1, double beta2, double eps, double weightDecay, bool decayWeightsOnly, bool isDecoupled)
        : base(parameters, OptimizerSettings.Adam(beta1, beta2, eps, isDecoupled), weightDecay, decayWeightsOnly)
    {
        IsDecoupled = isDecoupled;
        (_beta1, _beta2, _eps) = (Share(beta1), Share(beta2), eps);
        _means = Remember("exp_avg");
        _squares = Remember("exp_avg_sq");
    }

    private protected override bool IsDecoupled { get; }

    private protected override void Prepare(double learningRate) => _formula = new Formula
    {
        Beta1 = (float)_beta1,
        FirstShare = (float)(1 - _beta1),
        Beta2 = (float)_beta2,
        SecondShare = (float)(1 - _beta2),
        Eps = (float)_eps,
        Step = (float)(learningRate / (1 - Math.Pow(_beta1, TotalSteps))),
        Correction = (float)Math.Sqrt(1 - Math.Pow(_beta2, TotalSteps)),
    };

    private protected override void Update(int index, Range part) => Move(_formula, index, part, _means, _squares, []);

    private struct Formula : IStep
    {
        public float Beta1;
        public float FirstShare;
        public float Beta2;
        public float SecondShare;
        public float Eps;
        public float Step;
        public float Correction;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, Simd.ILanes<TVector>
            where TVector : struct
        {
            first = TLanes.Add(TLanes.Multiply(first, TLanes.All(Beta1)), TLanes.Multiply(gradient, TLanes.All(FirstShare)));
            second = TLanes.Add(TLanes.Multiply(second, TLanes.All(Beta2)), TLanes.Multiply(TLanes.Multiply(gradient, gradient), TLanes.All(SecondShare)));
            var divisor = TLanes.Add(TLanes.Divide(TLanes.Sqrt(second), TLanes.All(Correction)), TLanes.All(Eps));
            return TLanes.Subtract(weight, TLanes.Divide(TLanes.Multiply(first, TLanes.All(Step)), divisor));
        }
    }
}
