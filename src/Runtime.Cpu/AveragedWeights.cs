using System.Runtime.CompilerServices;

namespace ModelGen.Cpu;

/// <summary>
/// The running mean of a network's weights, <c>mean = decay * mean + (1 - decay) * weight</c> after each step: steadier than the weights themselves, and
/// mostly better. It is PyTorch's <c>AveragedModel</c> with <c>get_ema_multi_avg_fn</c>, but starts from the weights before the first step. Buffers have no mean:
/// those of the network go on serving.
/// </summary>
public sealed class AveragedWeights
{
    private readonly IReadOnlyList<Parameter> _parameters;
    private readonly float[][] _means;
    private readonly Formula _formula;
    private bool _isSwapped;

    /// <summary>Starts from the weights as they are.</summary>
    /// <param name="parameters">The parameters: <see cref="CpuOptimizer.Parameters"/>.</param>
    /// <param name="decay">How much of the mean stays at each step, above 0 and below 1. It looks back over about <c>1 / (1 - decay)</c> steps.</param>
    public AveragedWeights(IReadOnlyList<Parameter> parameters, double decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _means = [.. parameters.Select(parameter => (float[])parameter.Values.Clone())];
        _formula = new Formula((float)decay, (float)(1 - decay));
    }

    /// <summary>
    /// The means by their parameters' keys in the state_dict; the weights, while the means are swapped in. Copy values into these arrays to restore them.
    /// </summary>
    public IEnumerable<(string Name, IReadOnlyList<int> Shape, float[] Values)> State =>
        _parameters.Zip(_means, (parameter, mean) => (parameter.Name, parameter.Shape, mean));

    /// <summary>Takes the weights as they are after a step into the means.</summary>
    public void Update()
    {
        for (var i = 0; i < _means.Length; i++)
            new WeightLoop(_means[i], _parameters[i].Values, [], [], []).Move(_formula, added: 0, kept: 1);
    }

    /// <summary>Gives the network its means for weights until what it returns is disposed: to test it, or to save it.</summary>
    /// <exception cref="InvalidOperationException">The network has them already.</exception>
    public IDisposable SwapIn()
    {
        if (_isSwapped)
            throw new InvalidOperationException("The network has its averaged weights already: dispose what SwapIn returned first.");
        Swap();
        return new Swapped(this);
    }

    // The values change places and not the arrays: the optimizer and the layers hold on to those.
    private void Swap()
    {
        for (var i = 0; i < _means.Length; i++)
        {
            var weight = (float[])_parameters[i].Values.Clone();
            _means[i].CopyTo(_parameters[i].Values);
            weight.CopyTo(_means[i]);
        }

        _isSwapped = !_isSwapped;
    }

    private readonly struct Formula(float decay, float share) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, Simd.ILanes<TVector>
            where TVector : struct => TLanes.Add(TLanes.Multiply(weight, TLanes.All(decay)), TLanes.Multiply(gradient, TLanes.All(share)));
    }

    private sealed class Swapped(AveragedWeights weights) : IDisposable
    {
        private bool _isDisposed;

        public void Dispose()
        {
            if (!_isDisposed)
                weights.Swap();
            _isDisposed = true;
        }
    }
}
