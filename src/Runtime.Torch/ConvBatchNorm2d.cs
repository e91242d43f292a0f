using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ModelGen.Torch;

/// <summary>
/// A convolution and the batch norm behind it, computed together. Both stay modules of their network, with their own names and their own tensors;
/// hooks on them do not run in a training step with gradients, and the batch norm's not after <see cref="Fold"/>. In training mode the convolution's
/// bias is left out, and gets no gradient: batch norm subtracts the mean of each channel and with it the bias, whose gradient is zero.
/// </summary>
public sealed class ConvBatchNorm2d
{
    private static readonly Scalar One = 1L.ToScalar();

    private readonly Conv2d _convolution;
    private readonly BatchNorm2d _norm;

    // The module's properties copy their arrays.
    private readonly long[] _stride;
    private readonly long[]? _padding; // null for "same"
    private readonly long[] _dilation;

    /// <summary>Joins two modules.</summary>
    /// <param name="convolution">The convolution, padded with zeros; with a bias or without.</param>
    /// <param name="norm">The batch norm, which keeps running statistics.</param>
    /// <exception cref="ArgumentException">One of them is of another kind.</exception>
    public ConvBatchNorm2d(Conv2d convolution, BatchNorm2d norm)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        ArgumentNullException.ThrowIfNull(norm);
        if (convolution.padding_mode != PaddingModes.Zeros)
            throw new ArgumentException($"The convolution pads with {convolution.padding_mode}, and only zeros are taken.", nameof(convolution));
        if (norm.running_mean is null)
            throw new ArgumentException("The batch norm keeps no running statistics.", nameof(norm));
        (_convolution, _norm) = (convolution, norm);
        (_stride, _padding, _dilation) = (convolution.stride, convolution.padding, convolution.dilation);
    }

    /// <summary>Whether <see cref="Fold"/> was called.</summary>
    internal bool IsFolded { get; private set; }

    /// <summary>The parameter that training leaves as it is; null for a convolution without a bias.</summary>
    internal Tensor? Untrained => _convolution.bias;

    /// <summary>What the batch norm gives for what the convolution gives.</summary>
    /// <param name="input">[N, C, H, W], channels last in memory, unless C is 1.</param>
    /// <returns>[N, C', H', W'], channels last in memory; the caller disposes it.</returns>
    /// <exception cref="InvalidOperationException">The network is in training mode after <see cref="Fold"/>.</exception>
    public Tensor call(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (IsFolded)
            return _norm.training
                ? throw new InvalidOperationException("This network was folded for predicting: load its weights into a new one to train it.")
                : Convolve(input);

        // Without gradients nothing is saved; there both are called as they are, and their hooks run.
        var bias = _norm.training && is_grad_enabled() ? _convolution.bias : null;
        using var convolved = bias is null ? Convolve(input) : ConvolveWithoutBias(input);
        return bias is null ? _norm.call(convolved) : Normalise(convolved, bias);
    }

    /// <summary>
    /// Multiplies the batch norm of evaluation into the convolution, once and for all: w x + b, normalised, is (s w) x + (b - mean) s + shift with
    /// s = scale / sqrt(variance + eps) (Jacob et al. 2018, section 3.2). The network can then predict, and neither be trained nor saved.
    /// </summary>
    public void Fold()
    {
        if (IsFolded)
            return;
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        using var eps = _norm.eps.ToScalar();
        var scale = _norm.running_var!.add(eps).rsqrt_();
        if (_norm.weight is { } weight)
            scale.mul_(weight);
        var bias = _norm.running_mean!.neg();
        if (_convolution.bias is { } added)
            bias.add_(added);
        bias.mul_(scale);
        if (_norm.bias is { } shift)
            bias.add_(shift);

        var filters = ChannelsLast.Of(_convolution.weight.mul(scale.reshape(-1, 1, 1, 1)));
        _convolution.weight = Parameter(filters, requires_grad: false);
        _convolution.bias = Parameter(bias, requires_grad: false);
        _convolution.weight.DetachFromDisposeScope();
        _convolution.bias.DetachFromDisposeScope();
        IsFolded = true;
    }

    /// <summary>
    /// The running mean is that of outputs with their bias b: it becomes (1 - m)(mean - b) + m batch + b = (1 - m) mean + m (batch + b). libtorch
    /// updates a copy without the bias, because backward wants the tensor that it was given to stay as it is.
    /// </summary>
    private Tensor Normalise(Tensor convolved, Tensor bias)
    {
        Tensor mean;
        using (no_grad())
            mean = _norm.running_mean!.sub(bias);
        using (mean)
        {
            var output = functional.batch_norm(convolved, mean, _norm.running_var!, _norm.weight, _norm.bias, training: true, _norm.momentum!.Value, _norm.eps);
            using (no_grad())
            {
                _norm.running_mean!.copy_(mean).add_(bias);
                _norm.num_batches_tracked!.add_(One);
            }

            return output;
        }
    }

    private Tensor Convolve(Tensor input) => Reordered(_convolution.call(input));

    private Tensor ConvolveWithoutBias(Tensor input) => Reordered(_convolution.padding_type is { } padding
        ? functional.conv2d_padding(input, _convolution.weight, null, _stride, padding, _dilation, _convolution.groups)
        : functional.conv2d(input, _convolution.weight, null, _stride, _padding, _dilation, _convolution.groups));

    /// <summary>The output of a single channel's convolution comes in libtorch's own order; any other as its input came.</summary>
    private Tensor Reordered(Tensor convolved)
    {
        if (_convolution.in_channels > 1)
            return convolved;
        using (convolved)
            return ChannelsLast.Of(convolved);
    }
}
