using System.Collections.Generic;

namespace ModelGen.Training;

/// <summary>A loss by its PyTorch name, and the TorchSharp function that computes its mean over a batch.</summary>
internal sealed record LossKind(string Keyword, string Doc, string TorchFunction)
{
    public static IReadOnlyList<LossKind> All { get; } =
    [
        new("nll", "negative log likelihood; the network ends with log_softmax", "nll_loss"),
        new("cross_entropy", "log_softmax and nll in one; the network ends with linear", "cross_entropy"),
    ];
}
