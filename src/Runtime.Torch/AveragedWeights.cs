using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// The running mean of a network's weights, <c>mean = decay * mean + (1 - decay) * weight</c> after each step: steadier than the weights themselves, and
/// mostly better. It is PyTorch's <c>AveragedModel</c> with <c>get_ema_multi_avg_fn</c>, but starts from the weights before the first step. Buffers have no mean:
/// those of the network go on serving.
/// </summary>
public sealed class AveragedWeights : IDisposable
{
    private readonly IReadOnlyList<(string Name, Tensor Tensor)> _parameters;
    private readonly Tensor[] _means;
    private readonly Scalar _decay;
    private readonly Scalar _share; // 1 - decay
    private bool _isSwapped;

    /// <summary>Starts from the weights as they are.</summary>
    /// <param name="parameters">The parameters by their keys in the state_dict, on their device: <see cref="TorchOptimizer.Parameters"/>.</param>
    /// <param name="decay">How much of the mean stays at each step, above 0 and below 1. It looks back over about <c>1 / (1 - decay)</c> steps.</param>
    public AveragedWeights(IReadOnlyList<(string Name, Tensor Tensor)> parameters, double decay)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var noGradients = torch.no_grad();
        using var outermost = NewDisposeScope();
        _parameters = parameters;
        _means = [.. parameters.Select(parameter => parameter.Tensor.detach().clone().DetachFromDisposeScope())];
        _decay = decay.ToScalar();
        _share = (1 - decay).ToScalar();
    }

    /// <summary>
    /// The means by their parameters' keys in the state_dict; the weights, while the means are swapped in. Copy values into these tensors to restore them.
    /// </summary>
    public IEnumerable<(string Name, Tensor Tensor)> State => _parameters.Zip(_means, (parameter, mean) => (parameter.Name, mean));

    /// <summary>Takes the weights as they are after a step into the means.</summary>
    public void Update()
    {
        using var noGradients = torch.no_grad();
        for (var i = 0; i < _means.Length; i++)
            _means[i].mul_(_decay).add_(_parameters[i].Tensor, _share);
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

    /// <summary>Frees the means; the parameters stay.</summary>
    public void Dispose()
    {
        foreach (var mean in _means)
            mean.Dispose();
        _decay.Dispose();
        _share.Dispose();
    }

    // The values change places and not the tensors: the optimizer and the layers hold on to those.
    private void Swap()
    {
        using var noGradients = torch.no_grad();
        for (var i = 0; i < _means.Length; i++)
        {
            using var weight = _parameters[i].Tensor.clone();
            _parameters[i].Tensor.copy_(_means[i]);
            _means[i].copy_(weight);
        }

        _isSwapped = !_isSwapped;
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
