using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

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

    /// <summary>What is wrong with a network that ends with <paramref name="layer"/>, or null.</summary>
    /// <param name="layer">The last layer.</param>
    /// <param name="layers">The number of layers in the network's own list.</param>
    public Finding? Check(FlatLayer layer, int layers)
    {
        var (last, end) = (layer.Node, LayerPlace.OfNetwork(layers));
        if (Head is not null && last.Kind.Keyword != Head)
        {
            // What some loss applies by itself is a head already, only another one.
            var head = All.Any(loss => loss.Applies.Contains(last.Kind.Keyword))
                ? Fix.Of($"replace it with {Head}", new RemoveLayer(last.Place), new InsertLayer(last.Place, SectionSpec.Of(Head)))
                : Fix.Of($"put {Head} behind it", new InsertLayer(end, SectionSpec.Of(Head)));
            return Finding.Of(Rules.LossNeedsHead, Path, Keyword, Head, layer.Key, last.Kind.Keyword).WithFixes([head, .. Others(last)]);
        }

        if (!Applies.Contains(last.Kind.Keyword))
            return null;
        return Finding.Of(Rules.LossAppliedTwice, Path, Keyword, layer.Key, last.Kind.Keyword)
            .WithFixes([Fix.Of("remove that layer", new RemoveLayer(last.Place)), .. Others(last)]);
    }

    private static string Path => "training." + TrainingParameters.Loss.Name;

    private IEnumerable<Fix> Others(LayerNode last) => All.Where(other => other != this && !other.Applies.Contains(last.Kind.Keyword))
        .Select(other => Fix.Of($"use the loss {other.Keyword}", new SetSectionSetting("training", TrainingParameters.Loss.Name, SpecValue.Of(other.Keyword))));
}
