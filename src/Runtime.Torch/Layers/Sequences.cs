using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The trained tensors of sequences [N, L, E], with torchvision's initial values, and how sequences are made and made longer.</summary>
public static class Sequences
{
    /// <summary>A token to put before each sequence: zeros [1, 1, E].</summary>
    /// <param name="features">E.</param>
    public static Parameter ClassToken(long features) => nn.Parameter(zeros(1, 1, features));

    /// <summary>What is added to each position of a sequence: normal random numbers [1, L, E] of standard deviation 0.02.</summary>
    /// <param name="length">L.</param>
    /// <param name="features">E.</param>
    public static Parameter PositionalEmbedding(long length, long features) => nn.Parameter(nn.init.normal_(empty(1, length, features), 0, 0.02));

    /// <summary>Puts a token before each sequence of a batch: [1, 1, E] and [N, L, E] to [N, L + 1, E].</summary>
    /// <param name="token">The token.</param>
    /// <param name="input">The sequences.</param>
    public static Tensor Prepend(Tensor token, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(input);
        using var tokens = token.expand(input.shape[0], -1, -1);
        return cat([tokens, input], 1);
    }

    /// <summary>
    /// Cuts images into patches by a convolution whose step is its kernel, and puts them behind each other, row by row: [N, C, H, W] to
    /// [N, H' W', E].
    /// </summary>
    /// <param name="convolution">The convolution.</param>
    /// <param name="input">The images.</param>
    public static Tensor OfPatches(nn.Module<Tensor, Tensor> convolution, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(convolution);
        using var patches = convolution.call(input);
        using var row = patches.flatten(2);
        return row.transpose(1, 2);
    }
}
