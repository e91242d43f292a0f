using System.Runtime.InteropServices;
using ModelGen.Training;
using ModelGen.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// What a classifier takes the samples of each class for, and the mistakes that it is most sure of, over one evaluation. Both are kept on the
/// device and read once, by <see cref="Read"/>.
/// </summary>
public sealed class EvaluationDetails : IEvaluationDetails, IDisposable
{
    private readonly int _classes;
    private readonly Scalar _rowLength; // the classes as libtorch takes them
    private readonly Tensor _counts; // [classes * classes]: int64, a row of the confusion matrix behind the other
    private Tensor _probabilities; // [keep]: of the mistakes, highest first; -1 where there is none yet
    private Tensor _mistakes; // [3, keep]: int64, their index, class and answer
    private int _samples;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="classes">How many classes are told apart: at least 1.</param>
    /// <param name="keep">How many mistakes to keep: at least 0.</param>
    /// <param name="device">The device of the tensors that will be added.</param>
    public EvaluationDetails(int classes, int keep, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        using var outermost = NewDisposeScope();
        using Scalar none = -1f;
        _classes = classes;
        _rowLength = ((long)classes).ToScalar();
        _counts = torch.zeros((long)classes * classes, ScalarType.Int64, device).DetachFromDisposeScope();
        _probabilities = torch.full(keep, none, ScalarType.Float32, device).DetachFromDisposeScope();
        _mistakes = torch.zeros(3, keep, ScalarType.Int64, device).DetachFromDisposeScope();
    }

    /// <summary>Starts again at zero samples.</summary>
    public void Reset()
    {
        using var noGrad = torch.no_grad();
        using var scope = NewDisposeScope();
        using Scalar none = -1f;
        _counts.zero_();
        _probabilities.fill_(none);
        _samples = 0;
    }

    /// <summary>Adds the next batch of the data, in its order. It records no gradient, keeps none of the tensors and does not wait for the device.</summary>
    /// <param name="probabilities">What the network gives each class: <c>[N, classes]</c>, 0 to 1.</param>
    /// <param name="labels">The right classes: int64 <c>[N]</c>, 0 to classes - 1.</param>
    public void Add(Tensor probabilities, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(labels);
        using var noGrad = torch.no_grad();
        using var scope = NewDisposeScope();
        var (highest, answers) = probabilities.to(ScalarType.Float32).max(1);

        // Not bincount: on CUDA it reads the largest value back to size its result, and so waits.
        _counts.scatter_add_(0, labels.mul(_rowLength).add_(answers), torch.ones_like(labels));

        // A stable sort, so that of equal probabilities the earlier sample stays; topk promises no order.
        var keep = _probabilities.shape[0];
        using var first = ((long)_samples).ToScalar();
        _samples += (int)labels.shape[0];
        using var next = ((long)_samples).ToScalar();
        var index = torch.arange(first, next, ScalarType.Int64, labels.device);
        var candidates = torch.cat([_probabilities, torch.where(answers.eq(labels), -torch.ones_like(highest), highest)]);
        var (sorted, order) = torch.sort(candidates, 0, descending: true, stable: true);
        var mistakes = torch.cat([_mistakes, torch.stack([index, labels, answers])], 1).index_select(1, order.narrow(0, 0, keep));
        Replace(ref _probabilities, sorted.narrow(0, 0, keep).clone());
        Replace(ref _mistakes, mistakes);
    }

    /// <summary>The confusion matrix, and the mistakes, the surest first. Waits for the device.</summary>
    public (ConfusionMatrix Confusion, IReadOnlyList<Mistake> Mistakes) Read()
    {
        using var scope = NewDisposeScope();
        var counts = new long[_classes, _classes];
        _counts.cpu().bytes.CopyTo(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref counts[0, 0], counts.Length)));

        var probabilities = MemoryMarshal.Cast<byte, float>(_probabilities.cpu().bytes).ToArray();
        var values = MemoryMarshal.Cast<byte, long>(_mistakes.cpu().bytes).ToArray();
        var keep = probabilities.Length;
        var mistakes = Enumerable.Range(0, keep)
            .Where(i => probabilities[i] >= 0)
            .Select(i => new Mistake((int)values[i], (int)values[keep + i], (int)values[(2 * keep) + i], probabilities[i]));
        return (new ConfusionMatrix(counts), [.. mistakes]);
    }

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        _rowLength.Dispose();
        _counts.Dispose();
        _probabilities.Dispose();
        _mistakes.Dispose();
    }

    private static void Replace(ref Tensor kept, Tensor by)
    {
        kept.Dispose();
        kept = by.DetachFromDisposeScope();
    }
}
