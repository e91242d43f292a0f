using System.Runtime.CompilerServices;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Stochastic gradient descent, PyTorch's <c>torch.optim.SGD</c>: <c>b = momentum * b + g</c>, and <c>w -= rate * b</c>. With Nesterov's momentum it
/// is <c>w -= rate * (g + momentum * b)</c>: the gradient is judged where the momentum would lead.
/// </summary>
public sealed class SGD : CpuOptimizer
{
    private readonly float[][] _buffers; // none without momentum
    private readonly float _momentum;
    private readonly bool _nesterov;

    /// <summary>Starts with no momentum gathered.</summary>
    /// <param name="parameters">A network's parameters; those that are not trained are left out.</param>
    /// <param name="momentum">The share of the last step that the next one keeps, from 0 to below 1.</param>
    /// <param name="nesterov">Whether the gradient is taken ahead of the momentum.</param>
    /// <param name="weightDecay">Adds each weight, this many times, to its gradient: at least 0.</param>
    /// <param name="decayWeightsOnly">Whether parameters of fewer than two dimensions are left out of that: biases, and what norms learn.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public SGD(IEnumerable<Parameter> parameters, double momentum = 0, bool nesterov = false, double weightDecay = 0, bool decayWeightsOnly = false)
        : base(parameters, OptimizerSettings.SGD(momentum, nesterov), weightDecay, decayWeightsOnly)
    {
        _momentum = (float)Share(momentum);
        _nesterov = nesterov;
        _buffers = momentum > 0 ? Remember("momentum_buffer") : [];
    }

    private protected override void Prepare(double learningRate)
    {
    }

    private protected override void Update(int index, Range part) => Move(new Formula((float)LearningRate, _momentum, _nesterov), index, part, _buffers, [], []);

    // Without momentum the buffer starts from 0 at every step, and is the gradient.
    private readonly struct Formula(float rate, float momentum, bool nesterov) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, Simd.ILanes<TVector>
            where TVector : struct
        {
            first = TLanes.Add(TLanes.Multiply(first, TLanes.All(momentum)), gradient);
            var direction = nesterov ? TLanes.Add(gradient, TLanes.Multiply(first, TLanes.All(momentum))) : first;
            return TLanes.Subtract(weight, TLanes.Multiply(direction, TLanes.All(rate)));
        }
    }
}
