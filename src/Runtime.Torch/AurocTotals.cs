using System.Runtime.InteropServices;
using ModelGen.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// The exact area under the ROC curve over many batches. It needs all scores at once: they are kept on the device, 4 bytes a class or label and
/// sample, and read with <see cref="Read"/>, which alone waits.
/// </summary>
public sealed class AurocTotals : IDisposable
{
    private readonly List<Tensor> _scores = [];
    private readonly List<Tensor> _positive = [];

    /// <summary>Adds a batch. It records no gradient and keeps copies.</summary>
    /// <param name="scores">The network's scores: <c>[N, classes]</c>, or <c>[N]</c> for one label.</param>
    /// <param name="labels">
    /// The right classes, int64 <c>[N]</c>, of scores <c>[N, classes]</c>; else for each score whether the label holds, 0 or 1 in the same shape.
    /// </param>
    public void Add(Tensor scores, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = torch.no_grad();
        using var scope = NewDisposeScope();
        var columns = scores.dim() == 1 ? 1 : scores.shape[1];
        var positive = labels.dim() < scores.dim() ? nn.functional.one_hot(labels, columns) : labels.reshape(-1, columns);
        _scores.Add(scores.detach().reshape(-1, columns).to(ScalarType.Float32, copy: true).DetachFromDisposeScope());
        _positive.Add(positive.to(ScalarType.Bool, copy: true).DetachFromDisposeScope());
    }

    /// <summary>
    /// The area, or the mean of the classes' or labels' areas, each against the rest: 0 to 1; null where none is defined, see
    /// <see cref="Auroc.Macro"/>. Waits for the device.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    public double? Read()
    {
        if (_scores.Count == 0)
            throw new InvalidOperationException("There is no area before the first batch.");
        using var scope = NewDisposeScope();
        var (scores, positive) = (torch.cat(_scores).cpu(), torch.cat(_positive).cpu());
        return Auroc.Macro(MemoryMarshal.Cast<byte, float>(scores.bytes), MemoryMarshal.Cast<byte, bool>(positive.bytes), checked((int)scores.shape[1]));
    }

    /// <summary>Frees the scores.</summary>
    public void Dispose()
    {
        foreach (var tensor in _scores.Concat(_positive))
            tensor.Dispose();
    }
}
