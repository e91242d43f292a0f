using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The loss alone over many batches, where nothing else says more.</summary>
/// <param name="device">The device of the tensors that will be added.</param>
public sealed class LossTotals(Device device) : Totals(sums: 0, device)
{
    /// <inheritdoc/>
    private protected override void AddOwn(Tensor output, Tensor right)
    {
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores;
}
