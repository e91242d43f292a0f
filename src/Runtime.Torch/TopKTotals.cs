using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Top-k accuracy over many batches: the share of samples whose class is among the k highest scores. Summed on the device: only
/// <see cref="Read"/> waits.
/// </summary>
public sealed class TopKTotals : IDisposable
{
    private readonly int _k;
    private readonly Tensor _correct; // [1]: int64
    private long _samples;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="k">How many of the highest scores count: at least 1. Where there are fewer classes, every sample is right.</param>
    /// <param name="device">The device of the tensors that will be added.</param>
    public TopKTotals(int k, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        _k = k;
        _correct = torch.zeros(1, ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>Adds a batch. It records no gradient and keeps none of the tensors.</summary>
    /// <param name="output">The network's scores: <c>[N, classes]</c>.</param>
    /// <param name="labels">The right classes: int64 <c>[N]</c>.</param>
    public void Add(Tensor output, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = torch.no_grad();
        using var scope = NewDisposeScope();
        var (_, classes) = output.topk((int)Math.Min(_k, output.shape[1]), 1);
        _correct.add_(classes.eq(labels.unsqueeze(1)).sum());
        _samples += labels.NumberOfElements;
    }

    /// <summary>The share over everything added, 0 to 1. Waits for the device, once.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public double Read()
    {
        if (_samples == 0)
            throw new InvalidOperationException("There is no accuracy before the first batch.");
        using var scope = NewDisposeScope();
        return (double)_correct.item<long>() / _samples;
    }

    /// <summary>Frees the sum.</summary>
    public void Dispose() => _correct.Dispose();
}
