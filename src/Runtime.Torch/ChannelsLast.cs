using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// The order of an image's values in memory that PyTorch calls <c>channels_last</c>: the channels of a pixel side by side. The tensor's sizes and
/// what is computed from it stay the same; libtorch's convolutions, pooling and batch norm are faster on it, and give it on.
/// </summary>
public static class ChannelsLast
{
    // Kept, because each call would make them anew.
    private static readonly long[] ToLast = [0, 2, 3, 1];
    private static readonly long[] ToFirst = [0, 3, 1, 2];

    /// <summary>The same numbers in that order: a copy, or where they have it already another handle.</summary>
    /// <param name="images">[N, C, H, W].</param>
    /// <returns>[N, C, H, W], which the caller disposes.</returns>
    public static Tensor Of(Tensor images)
    {
        ArgumentNullException.ThrowIfNull(images);

        // TorchSharp 0.107 has no memory formats; in this order of dimensions the wanted order is the contiguous one.
        using var pixels = images.permute(ToLast);
        using var contiguous = pixels.contiguous();
        return contiguous.permute(ToFirst);
    }
}
