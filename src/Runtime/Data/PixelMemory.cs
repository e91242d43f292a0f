using System.Globalization;

namespace ModelGen.Data;

/// <summary>The memory of a set of images: one array, because training picks images at random from all of it.</summary>
internal static class PixelMemory
{
    /// <summary>Allocates <paramref name="count"/> images, or says why that can't be before anything is decoded.</summary>
    /// <param name="count">The number of images.</param>
    /// <param name="shape">The shape of each.</param>
    /// <param name="place">Where the images come from, to say it in an error.</param>
    /// <exception cref="ModelGenException">The shape is no image's, or one array can't hold them.</exception>
    public static byte[] Allocate(int count, ImageShape shape, string place)
    {
        if (shape.Channels is not (1 or 3))
        {
            throw new ModelGenException(
                $"The network takes {shape} inputs, but an image has 1 channel (gray) or 3 (red, green, blue): change the network's input.");
        }

        var bytes = (long)count * shape.Length;
        if (bytes > Array.MaxLength)
        {
            throw new ModelGenException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {count:N0} images of {shape} ({place}) need {bytes / 1e9:N1} GB of memory, but one set may have 2.1 GB there: "
                + $"use at most {Array.MaxLength / shape.Length:N0} of them with --limit, or smaller images, or let image files be cached."));
        }

        return new byte[bytes];
    }
}
