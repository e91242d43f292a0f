using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>A module of the generated code that computes batch norms together with the convolutions before them.</summary>
public interface IFoldsBatchNorm
{
    /// <summary>Its own pairs; not those of the modules inside of it.</summary>
    public IReadOnlyList<ConvBatchNorm2d> Fused { get; }
}

/// <summary>Makes a network ready for nothing but predicting.</summary>
public static class BatchNorms
{
    /// <summary>
    /// Multiplies each batch norm into the convolution before it: the outputs of evaluation stay the same, up to the rounding of float32, and cost
    /// less. The network's weights are others afterwards: it can neither be trained nor saved, and takes no weights.
    /// </summary>
    /// <param name="network">The network, on its device.</param>
    public static void Fold(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (var pair in Of(network))
            pair.Fold();
    }

    /// <summary>All pairs of a network.</summary>
    internal static IEnumerable<ConvBatchNorm2d> Of(nn.Module network) =>
        network.modules().Prepend(network).Distinct().OfType<IFoldsBatchNorm>().SelectMany(module => module.Fused);

    /// <summary>Refuses a network whose tensors are no longer those that a state_dict has.</summary>
    /// <exception cref="ModelGenException">It was folded.</exception>
    internal static void RefuseFolded(nn.Module network)
    {
        if (Of(network).Any(pair => pair.IsFolded))
            throw new ModelGenException(
                "This network was folded for predicting, so its weights are not those of a state_dict: save before a Predictor takes it, and load into a new one.");
    }
}
