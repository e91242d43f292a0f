using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;

namespace ModelGen.Training;

/// <summary>A loss, and how a network must end for it.</summary>
/// <param name="Keyword">PyTorch's name.</param>
/// <param name="TorchFunction">The TorchSharp function that computes its mean over a batch.</param>
/// <param name="Probabilities">What the network's <c>output</c> becomes probabilities by, in TorchSharp.</param>
/// <param name="Head">The layer that must be the last one, or null.</param>
/// <param name="Applies">Layers that the loss makes superfluous or wrong at the end, because it applies log_softmax itself.</param>
internal sealed record LossKind(string Keyword, string TorchFunction, string Probabilities, string? Head, string[] Applies)
{
    public static IReadOnlyList<LossKind> All { get; } =
    [
        new("nll", "nll_loss", "output.exp()", Head: "log_softmax", Applies: []),
        new("cross_entropy", "cross_entropy", "output.softmax(1)", Head: null, Applies: ["log_softmax", "softmax"]),
    ];

    /// <summary>What is wrong with a network that ends with <paramref name="last"/>, or null.</summary>
    public Finding? Check(GraphNode last)
    {
        if (Head is not null && last.Kind.Keyword != Head)
            return Finding.Of(Rules.LossNeedsHead, "training.loss", Keyword, Head, last.Name.Key, last.Kind.Keyword);
        return Applies.Contains(last.Kind.Keyword) ? Finding.Of(Rules.LossAppliedTwice, "training.loss", Keyword, last.Name.Key, last.Kind.Keyword) : null;
    }
}
