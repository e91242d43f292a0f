using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Stochastic depth (Huang et al. 2016): in training, whole samples of a batch become zero with probability p, and the others are scaled by
/// 1 / (1 - p). In front of an add, a dropped sample goes through the shortcut alone. In eval mode nothing happens.
/// </summary>
public sealed class DropPath : nn.Module<Tensor, Tensor>
{
    private readonly double _p;

    /// <summary>Drops with probability <paramref name="p"/>.</summary>
    /// <param name="p">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is outside of 0 to 1.</exception>
    public DropPath(double p)
        : base(nameof(DropPath))
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        _p = p;
    }

    /// <inheritdoc/>
    /// <param name="input">[N, …].</param>
    /// <returns>The same shape; a tensor of its own.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!training || _p == 0)
            return input.alias();

        // All ones would be divided by zero.
        if (_p == 1)
            return zeros_like(input);
        var shape = new long[input.dim()];
        Array.Fill(shape, 1);
        shape[0] = input.shape[0];
        using var mask = empty(shape, input.dtype, input.device).bernoulli_(1 - _p);
        using Scalar kept = 1 - _p;
        mask.div_(kept);
        return input.mul(mask);
    }
}
