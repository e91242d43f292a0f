using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Layers;

/// <summary>What ONNX says in several nodes about the sizes of a value.</summary>
internal static class OnnxPadding
{
    /// <summary>Adds values at the ends of the last dimensions, by one of PyTorch's modes but <c>constant</c>.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="mode">The mode.</param>
    /// <param name="before">How many stand before each of the last dimensions.</param>
    /// <param name="behind">How many stand behind.</param>
    public static string Padded(this OnnxLayer layer, string mode, IReadOnlyList<long> before, IReadOnlyList<long> behind)
    {
        if (mode != "circular")
            return layer.Add("Pad", [layer.Input, layer.Integers(Sides(layer, before, behind))], ("mode", mode == "replicate" ? "edge" : mode));

        // ONNX says it with one word only from operator set 19 on.
        var value = layer.Input;
        for (var i = 0; i < before.Count; i++)
        {
            var axis = layer.Shape.Rank - before.Count + i;
            var size = layer.Shape[axis - 1];
            string[] parts =
            [
                .. before[i] == 0 ? Enumerable.Empty<string>() : [layer.Sliced(value, axis, size - before[i], size)],
                value,
                .. behind[i] == 0 ? Enumerable.Empty<string>() : [layer.Sliced(value, axis, 0, behind[i])],
            ];
            value = parts.Length == 1 ? value : layer.Add("Concat", parts, ("axis", (long)axis));
        }

        return value;
    }

    /// <summary>As ONNX lists them: all befores, then all behinds, of all dimensions.</summary>
    public static long[] Sides(OnnxLayer layer, IReadOnlyList<long> before, IReadOnlyList<long> behind)
    {
        var untouched = Enumerable.Repeat(0L, layer.Shape.Rank - before.Count).ToArray();
        return [.. untouched, .. before, .. untouched, .. behind];
    }

    /// <summary>What stands along a dimension from a place on, up to another.</summary>
    public static string Sliced(this OnnxLayer layer, string value, int axis, long from, long to) =>
        layer.Add("Slice", value, layer.Integers(from), layer.Integers(to), layer.Integers(axis));

    /// <summary>The same values under other sizes, behind a batch that stays.</summary>
    public static string Reshaped(this OnnxLayer layer, string value, params long[] sizes) => layer.Add("Reshape", value, layer.Integers([0, .. sizes]));

    /// <summary>Takes a weight for each channel, [C], to where it meets the channels of [N, C, …].</summary>
    public static string OfChannels(this OnnxLayer layer, string weight) =>
        layer.Shape.Rank == 2 ? weight : layer.Add("Reshape", weight, layer.Integers([-1, .. Enumerable.Repeat(1L, layer.Shape.Rank - 2)]));
}
