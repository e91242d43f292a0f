using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Root mean square normalisation (Zhang and Sennrich 2019), x / sqrt(mean(x^2) + eps) weight, over the last dimensions. The weight starts as ones
/// and is named as PyTorch's: <c>weight</c>.
/// </summary>
public sealed class RMSNorm : nn.Module<Tensor, Tensor>
{
    private readonly long[] _shape;
    private readonly long[] _dims;
    private readonly double _eps;

    /// <summary>Normalises over the last dimension, with PyTorch's defaults: a weight, and the distance from 1 to the next float32 as eps.</summary>
    /// <param name="normalizedShape">Its size, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1.</exception>
    public RMSNorm(long normalizedShape)
        : this([normalizedShape], 1.1920928955078125e-07, elementwiseAffine: true)
    {
    }

    /// <summary>Normalises over the last dimension.</summary>
    /// <param name="normalizedShape">Its size, at least 1.</param>
    /// <param name="eps">Added to the mean square.</param>
    /// <param name="elementwiseAffine">Whether there is a weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is below 1, or eps below 0.</exception>
    public RMSNorm(long normalizedShape, double eps, bool elementwiseAffine)
        : this([normalizedShape], eps, elementwiseAffine)
    {
    }

    /// <summary>Normalises over the last dimensions together.</summary>
    /// <param name="normalizedShape">Their sizes, one or more.</param>
    /// <param name="eps">Added to the mean square.</param>
    /// <param name="elementwiseAffine">Whether there is a weight.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no size, one is below 1, or eps is below 0.</exception>
    public RMSNorm(long[] normalizedShape, double eps, bool elementwiseAffine)
        : base(nameof(RMSNorm))
    {
        ArgumentNullException.ThrowIfNull(normalizedShape);
        ArgumentOutOfRangeException.ThrowIfZero(normalizedShape.Length, nameof(normalizedShape));
        foreach (var size in normalizedShape)
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(normalizedShape));
        ArgumentOutOfRangeException.ThrowIfNegative(eps);
        _shape = [.. normalizedShape];
        _dims = [.. Enumerable.Range(1, _shape.Length).Select(dim => (long)-dim)];
        _eps = eps;
        if (elementwiseAffine)
        {
            weight = nn.Parameter(ones(_shape));
            weight.DetachFromDisposeScope();
        }

        RegisterComponents();
    }

    /// <summary>The factors, of the normalised dimensions' shape; null without them.</summary>
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

    /// <inheritdoc/>
    /// <param name="input">[…, normalizedShape].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The last dimensions have other sizes.</exception>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (!input.shape.AsSpan()[^Math.Min(_shape.Length, input.shape.Length)..].SequenceEqual(_shape))
        {
            throw new ArgumentException(
                $"The input is [{string.Join(", ", input.shape)}], but the last dimensions are normalised as [{string.Join(", ", _shape)}].", nameof(input));
        }

        using Scalar eps = _eps;
        using var squares = input.square();
        using var mean = squares.mean(_dims, keepdim: true);
        mean.add_(eps);
        using var inverse = mean.rsqrt();
        if (weight is null)
            return input.mul(inverse);
        using var normalised = input.mul(inverse);
        return normalised.mul(weight);
    }
    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            weight?.Dispose();
        base.Dispose(disposing);
    }
}
