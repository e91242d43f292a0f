using System.Globalization;
using ModelGen.Formats.Onnx;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>The windows of nodes: their directions, and their padding, which ONNX has in two forms.</summary>
internal static class Windows
{
    /// <summary>How many values stand before and behind each direction.</summary>
    /// <exception cref="NotSupportedException">It is said in a way that ONNX does not have.</exception>
    public static (long[] Before, long[] Behind) Padding(OnnxNode node, TensorShape input, long[] kernel, long[] strides, long[] dilations)
    {
        var pads = node.Sizes("pads", 0, 2 * kernel.Length);
        var (before, behind) = (pads[..kernel.Length], pads[kernel.Length..]);
        var way = node.Setting("auto_pad", "NOTSET");
        if (way is "NOTSET" or "VALID")
            return way == "VALID" ? (new long[kernel.Length], new long[kernel.Length]) : (before, behind);
        if (way is not ("SAME_UPPER" or "SAME_LOWER") || input.Rank != kernel.Length + 2)
            throw new NotSupportedException($"auto_pad is {way}");
        for (var i = 0; i < kernel.Length; i++)
        {
            // As many as give ceil(size / stride) places; an odd one stands behind, or before where it says LOWER.
            var places = (input[i + 1] + strides[i] - 1) / strides[i];
            var all = Math.Max(0, ((places - 1) * strides[i]) + (dilations[i] * (kernel[i] - 1)) + 1 - input[i + 1]);
            (before[i], behind[i]) = way == "SAME_UPPER" ? (all / 2, all - (all / 2)) : (all - (all / 2), all / 2);
        }

        return (before, behind);
    }

    /// <summary>The number in the names of layers with such a window.</summary>
    /// <exception cref="NotSupportedException">No layer has so many.</exception>
    public static string Directions(long[] kernel) => kernel.Length is >= 1 and <= 3
        ? kernel.Length.ToString(CultureInfo.InvariantCulture)
        : throw new NotSupportedException($"it has {kernel.Length} directions");

    /// <summary>As the layer pad takes it: both sides of each direction, from the last one on.</summary>
    public static SpecValue Sides(long[] before, long[] behind) =>
        SpecValue.OfNumbers(before.Zip(behind).Reverse().SelectMany(side => new[] { side.First, side.Second }));
}
