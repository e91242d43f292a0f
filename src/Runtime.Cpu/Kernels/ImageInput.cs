using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen.Cpu.Kernels;

/// <summary>The images that a network takes.</summary>
public interface IImageInput
{
    /// <summary>Pixels from top to bottom.</summary>
    public static abstract int Height { get; }

    /// <summary>Pixels from left to right.</summary>
    public static abstract int Width { get; }

    /// <summary>Values of a pixel.</summary>
    public static abstract int Channels { get; }

    /// <summary>What is subtracted, a number for each channel; empty where nothing is normalised.</summary>
    public static abstract ReadOnlySpan<float> Mean { get; }

    /// <summary>What that is divided by, a number above 0 for each channel; empty where nothing is normalised.</summary>
    public static abstract ReadOnlySpan<float> Std { get; }
}

/// <summary>
/// Bytes as the network takes them, channels last: 0 to 255 becomes 0 to 1, and that (x - mean) / std, as torchvision's ToTensor and Normalize do it. A
/// byte has 256 values, so each channel's are worked out once and looked up: to the bit PyTorch's, at about a load and a store for each value.
/// </summary>
/// <typeparam name="T">The images.</typeparam>
public static class ImageInput<T>
    where T : struct, IImageInput
{
    private const int Values = 256;

    private static readonly float[] Table = NewTable();

    /// <summary>Converts an image.</summary>
    /// <param name="x">The image: <c>[C, H, W]</c>, 0 to 255.</param>
    /// <param name="y">What the network takes: <c>[H, W, C]</c>.</param>
    public static void Forward(ReadOnlySpan<byte> x, Span<float> y)
    {
        var pixels = T.Height * T.Width;
        Debug.Assert(x.Length == pixels * T.Channels && y.Length == x.Length, "An image in, an image out.");
        ref var table = ref MemoryMarshal.GetArrayDataReference(Table);
        ref var from = ref MemoryMarshal.GetReference(x);
        ref var to = ref MemoryMarshal.GetReference(y);
        if (T.Channels == 3)
        {
            for (var i = 0; i < pixels; i++)
            {
                Unsafe.Add(ref to, 3 * i) = Unsafe.Add(ref table, Unsafe.Add(ref from, i));
                Unsafe.Add(ref to, (3 * i) + 1) = Unsafe.Add(ref table, Values + Unsafe.Add(ref from, pixels + i));
                Unsafe.Add(ref to, (3 * i) + 2) = Unsafe.Add(ref table, (2 * Values) + Unsafe.Add(ref from, (2 * pixels) + i));
            }

            return;
        }

        for (var channel = 0; channel < T.Channels; channel++)
        {
            for (var i = 0; i < pixels; i++)
                Unsafe.Add(ref to, (T.Channels * i) + channel) = Unsafe.Add(ref table, (Values * channel) + Unsafe.Add(ref from, (channel * pixels) + i));
        }
    }

    private static float[] NewTable()
    {
        var table = new float[T.Channels * Values];
        for (var i = 0; i < table.Length; i++)
        {
            var (channel, value) = (i / Values, i % Values / 255f);
            table[i] = T.Mean.IsEmpty ? value : (value - T.Mean[channel]) / T.Std[channel];
        }

        return table;
    }
}
