using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>A module of the generated code that computes batch norms together with the convolutions before them.</summary>
public interface IFoldsBatchNorm
{
    /// <summary>Folds its own; not those of the modules inside of it.</summary>
    public void FoldBatchNorm();
}

/// <summary>Makes a network ready for nothing but predicting.</summary>
public static class BatchNorms
{
    /// <summary>
    /// Multiplies each batch norm into the convolution before it: the outputs of evaluation stay the same, up to the rounding of float32, and cost
    /// less. The network's weights are others afterwards: it can neither be trained nor saved.
    /// </summary>
    /// <param name="network">The network, on its device.</param>
    public static void Fold(nn.Module network)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach (var module in network.modules().Prepend(network))
            (module as IFoldsBatchNorm)?.FoldBatchNorm();
    }
}
