using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Group normalisation (Wu and He 2018): the channels of each sample are normalised in groups of neighbours, then scaled and shifted one by one.
/// TorchSharp 0.107's module of that name leaves its weight and bias uninitialised and refuses [N, C]. Here they start as ones and zeros, and are
/// named as PyTorch's: <c>weight</c>, <c>bias</c>.
/// </summary>
public sealed class GroupNorm : nn.Module<Tensor, Tensor>
{
    private readonly long _numGroups;
    private readonly long _numChannels;
    private readonly double _eps;

    /// <summary>Normalises <paramref name="num_channels"/> channels in <paramref name="num_groups"/> groups.</summary>
    /// <param name="num_groups">The number of groups, which divides the channels.</param>
    /// <param name="num_channels">The number of channels.</param>
    /// <param name="eps">Added to the variance before the square root.</param>
    /// <param name="affine">Whether there are a weight and a bias.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or eps below 0.</exception>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public GroupNorm(long num_groups, long num_channels, double eps = 1e-5, bool affine = true)
        : base(nameof(GroupNorm))
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(num_groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(num_channels, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        if (num_channels % num_groups != 0)
            throw new ArgumentException($"{num_groups} groups do not divide {num_channels} channels.", nameof(num_groups));
        (_numGroups, _numChannels, _eps) = (num_groups, num_channels, eps);
        if (affine)
        {
            weight = nn.Parameter(ones(num_channels));
            bias = nn.Parameter(zeros(num_channels));
            weight.DetachFromDisposeScope();
            bias.DetachFromDisposeScope();
        }

        RegisterComponents();
    }

    /// <summary>A factor for each channel; null without them.</summary>
    [field: ComponentName(Name = nameof(weight))]
    public Parameter? weight
    {
        get;
        private set
        {
            // Moving the module to a device or a type sets it, and leaves it to the property to register what is trained from then on.
            field = value;
            ConditionallyRegisterParameter(nameof(weight), value);
        }
    }

    /// <summary>A summand for each channel; null without them.</summary>
    [field: ComponentName(Name = nameof(bias))]
    public Parameter? bias
    {
        get;
        private set
        {
            // Moving the module to a device or a type sets it, and leaves it to the property to register what is trained from then on.
            field = value;
            ConditionallyRegisterParameter(nameof(bias), value);
        }
    }

    /// <inheritdoc/>
    /// <param name="input">[N, C, …].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The input has another number of channels.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.dim() >= 2 && input.shape[1] == _numChannels
            ? nn.functional.group_norm(input, _numGroups, weight, bias, _eps)
            : throw new ArgumentException($"The input is [{string.Join(", ", input.shape)}], but {_numChannels} channels are normalised.", nameof(input));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            weight?.Dispose();
            bias?.Dispose();
        }

        base.Dispose(disposing);
    }
}
