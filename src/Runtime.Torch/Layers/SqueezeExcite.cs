using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Squeeze and excitation (Hu et al. 2018), as torchvision's <c>SqueezeExcitation</c>: scales each channel by what two 1x1 convolutions make of
/// the means of all channels, gate(fc2(activation(fc1(mean(x))))).
/// </summary>
public sealed class SqueezeExcite : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d _squeeze;
    private readonly Conv2d _excite;
    private readonly nn.Module<Tensor, Tensor> _activation;
    private readonly nn.Module<Tensor, Tensor> _gate;

    /// <summary>Scales <paramref name="channels"/> channels.</summary>
    /// <param name="channels">C, the input's channels.</param>
    /// <param name="squeezeChannels">The channels between the two convolutions.</param>
    /// <param name="activation">What stands between them; null for ReLU.</param>
    /// <param name="gate">What makes the factors; null for the sigmoid.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1.</exception>
    public SqueezeExcite(long channels, long squeezeChannels, nn.Module<Tensor, Tensor>? activation = null, nn.Module<Tensor, Tensor>? gate = null)
        : base(nameof(SqueezeExcite))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(squeezeChannels, 1);
        _squeeze = nn.Conv2d(channels, squeezeChannels, 1);
        _excite = nn.Conv2d(squeezeChannels, channels, 1);
        _activation = activation ?? nn.ReLU();
        _gate = gate ?? nn.Sigmoid();
        register_module("fc1", _squeeze);
        register_module("fc2", _excite);
        register_module("activation", _activation);
        register_module("scale_activation", _gate);
    }

    /// <inheritdoc/>
    /// <param name="input">[N, C, H, W].</param>
    /// <returns>[N, C, H, W].</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var means = nn.functional.adaptive_avg_pool2d(input, 1);
        using var squeezed = _squeeze.call(means);
        using var active = _activation.call(squeezed);
        using var excited = _excite.call(active);
        using var factors = _gate.call(excited);
        return input.mul(factors);
    }

    // All is registered by PyTorch's names; TorchSharp would register it once more by the names of fields.
    /// <inheritdoc/>
    protected override void RegisterComponents()
    {
    }
}
