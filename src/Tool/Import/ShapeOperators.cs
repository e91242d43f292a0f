using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>Nodes that move values and compute none, or values between others.</summary>
internal static class ShapeOperators
{
    /// <summary><c>Reshape</c>, which leaves the batch.</summary>
    public static ImportedValue Reshape(OnnxImport import, OnnxNode node)
    {
        var (input, sizes) = (import.Value(node, 0), import.Constants.Numbers(node, 1));
        // The batch is named by its size, by 0 for what it is, or by -1 for what is left.
        if (sizes.Length < 2 || sizes[0] is not (null or 0 or -1 or 1))
            throw new NotSupportedException("it does not keep the batch");
        var rest = sizes.Skip(1).Select((size, i) => size is 0 ? input.Shape[i] : size ?? throw new NotSupportedException("it moves the batch")).ToArray();
        return Reshaped(import, input, rest);
    }

    /// <summary><c>Flatten</c>.</summary>
    public static ImportedValue Flatten(OnnxImport import, OnnxNode node) => node.Setting("axis", 1) == 1
        ? Reshaped(import, import.Value(node, 0), [-1])
        : throw new NotSupportedException("it merges the batch with others");

    /// <summary><c>Squeeze</c>: dimensions of size 1 go.</summary>
    public static ImportedValue Squeeze(OnnxImport import, OnnxNode node)
    {
        var input = import.Value(node, 0);
        var axes = Axes(import, node, input.Shape.Rank);
        return Reshaped(import, input, [.. input.Shape.Sizes.Where((_, i) => !axes.Contains(i + 1))]);
    }

    /// <summary><c>Unsqueeze</c>: dimensions of size 1 come.</summary>
    public static ImportedValue Unsqueeze(OnnxImport import, OnnxNode node)
    {
        var input = import.Value(node, 0);
        var count = (node.Sizes("axes") ?? []).Length + (import.Constants.Find(node, 1) ?? []).Length;
        var axes = Axes(import, node, input.Shape.Rank + count);
        var next = 0;
        return Reshaped(import, input, [.. Enumerable.Range(1, input.Shape.Rank + count - 1).Select(axis => axes.Contains(axis) ? 1 : input.Shape[next++])]);
    }

    /// <summary><c>Transpose</c>; one that takes another back leaves what that took.</summary>
    public static ImportedValue Transpose(OnnxImport import, OnnxNode node)
    {
        var input = import.Value(node, 0);
        var order = node.Sizes("perm") ?? [.. Enumerable.Range(0, input.Shape.Rank).Reverse().Select(dim => (long)dim)];
        if (order is not [0, ..])
            throw new NotSupportedException("it moves the batch");
        if (order.Select((dim, i) => dim == i).All(stays => stays))
            return input;
        if (input is ImportedLayer { Kind.Keyword: "permute", Settings: [{ Value.Items: var before }] }
            && order.Skip(1).Select((dim, i) => before[(int)dim - 1].Integer == i + 1).All(isBack => isBack))
            return ((ImportedLayer)input).Inputs[0];
        return import.Add("permute", input, ("dims", SpecValue.OfNumbers(order.Skip(1))));
    }

    /// <summary><c>Concat</c>.</summary>
    public static ImportedValue Concat(OnnxImport import, OnnxNode node)
    {
        var values = node.Inputs.Select((_, i) => import.Value(node, i)).ToArray();
        return values.Length == 1 ? values[0] : import.Add("concat", values, ("dim", SpecValue.Of(node.Setting("axis", 0))));
    }

    /// <summary><c>Pad</c>.</summary>
    public static ImportedValue Pad(OnnxImport import, OnnxNode node)
    {
        var (input, mode) = (import.Value(node, 0), node.Setting("mode", "constant"));
        var pads = node.Sizes("pads") ?? [.. import.Constants.Numbers(node, 1).Select(size => size ?? 0)];
        var rank = input.Shape.Rank;
        if (pads.Length != 2 * rank || pads[0] != 0 || pads[rank] != 0 || pads.Any(long.IsNegative))
            throw new NotSupportedException("it pads the batch, or cuts off");
        if (pads.All(size => size == 0))
            return input;
        var value = import.Constants.HasWeight(node, 2) ? import.Constants.Values(node, 2)[0] : node.Setting("value", 0.0);
        // The other modes take all dimensions behind the channels, and the constant one any number from the last on.
        var first = mode == "constant" ? Enumerable.Range(1, rank - 1).First(dim => pads[dim] != 0 || pads[rank + dim] != 0) : 2;
        return import.Add(
            "pad", input, [("padding", Windows.Sides(pads[first..rank], pads[(rank + first)..])), .. mode switch
            {
                "constant" => value == 0 ? [] : [("value", SpecValue.Of((double)value))],
                "edge" => [("mode", SpecValue.Of("replicate"))],
                "wrap" => [("mode", SpecValue.Of("circular"))],
                _ => new[] { ("mode", SpecValue.Of(mode)) },
            }]);
    }

    /// <summary><c>Resize</c> and <c>Upsample</c>, by one factor in all directions.</summary>
    public static ImportedValue Resize(OnnxImport import, OnnxNode node)
    {
        var (input, place) = (import.Value(node, 0), node.Operator == "Upsample" ? 1 : 2);
        var (mode, places) = (node.Setting("mode", "nearest"), node.Setting("coordinate_transformation_mode", node.Operator == "Upsample" ? "asymmetric" : "half_pixel"));
        var rank = input.Shape.Rank;
        var scales = import.Constants.HasWeight(node, place) && import.Constants.Values(node, place) is { Length: > 0 } given ? [.. given.Select(scale => (double)scale)]
            : import.Constants.Numbers(node, 3).Select((size, i) => i == 0 ? 1 : OnnxConstants.Known(size) / (double)input.Shape[i - 1]).ToArray();
        if (scales.Length != rank || scales[0] != 1 || scales[1] != 1 || scales.Skip(2).Distinct().Count() != 1)
            throw new NotSupportedException("its factors differ");
        var scale = scales[2];
        if (mode == "nearest")
        {
            // Of a whole factor both ways of counting give the same.
            var isFloor = places == "asymmetric" && node.Setting("nearest_mode", node.Operator == "Upsample" ? "floor" : "round_prefer_floor") == "floor";
            var isWhole = scale == Math.Floor(scale) && places is "half_pixel" or "pytorch_half_pixel"
                && node.Setting("nearest_mode", "round_prefer_floor") == "round_prefer_floor";
            return isFloor || isWhole
                ? import.Add("upsample", input, ("scale_factor", SpecValue.Of(scale)))
                : throw new NotSupportedException($"it places values by {places}");
        }

        if (places is not ("half_pixel" or "pytorch_half_pixel" or "align_corners"))
            throw new NotSupportedException($"it places values by {places}");
        if (mode == "cubic" && node.Setting("cubic_coeff_a", -0.75) != -0.75)
            throw new NotSupportedException("its cubic is not PyTorch's");
        var word = mode == "cubic" ? "bicubic" : rank switch { 3 => "linear", 4 => "bilinear", _ => "trilinear" };
        return import.Add(
            "upsample", input,
            [
                ("scale_factor", SpecValue.Of(scale)),
                ("mode", SpecValue.Of(word)),
                .. places == "align_corners" ? [("align_corners", SpecValue.Of(true))] : Array.Empty<(string, SpecValue)>()
            ]);
    }

    /// <summary><c>DepthToSpace</c>, in PyTorch's order of channels.</summary>
    public static ImportedValue DepthToSpace(OnnxImport import, OnnxNode node) => node.Setting("mode", "DCR") == "CRD"
        ? import.Add("pixel_shuffle", import.Value(node, 0), ("upscale_factor", SpecValue.Of(node.Setting("blocksize", 1))))
        : throw new NotSupportedException("its channels are in another order than PyTorch's");

    private static ImportedValue Reshaped(OnnxImport import, ImportedValue input, long[] sizes)
    {
        if (sizes.Length == 1)
            return input.Shape.Rank == 2 ? input : import.Add("flatten", input);
        return sizes.AsSpan().SequenceEqual(input.Shape.Sizes.ToArray()) ? input : import.Add("reshape", input, ("shape", SpecValue.OfNumbers(sizes)));
    }

    private static HashSet<long> Axes(OnnxImport import, OnnxNode node, int rank)
    {
        var axes = node.Sizes("axes") ?? [.. (import.Constants.Find(node, 1) ?? throw new NotSupportedException("it names no dimensions")).Select(axis => axis ?? 0)];
        var places = axes.Select(axis => axis < 0 ? axis + rank : axis).ToHashSet();
        return places.Contains(0) ? throw new NotSupportedException("it takes the batch away") : places;
    }
}
