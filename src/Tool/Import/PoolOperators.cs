using System.Globalization;
using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>Nodes that make one value of many.</summary>
internal static class PoolOperators
{
    // The least float32: it never wins.
    private const double Least = -3.4028234663852886e38;

    /// <summary><c>MaxPool</c>.</summary>
    public static ImportedLayer MaxPool(OnnxImport import, OnnxNode node)
    {
        var kernel = node.Sizes("kernel_shape") ?? throw new NotSupportedException("it has no kernel_shape");
        var dilations = node.Sizes("dilations", 1, kernel.Length);
        var (input, settings, before, behind) = Window(import, node, kernel, dilations);
        if (before.SequenceEqual(behind))
            return import.Add(
                $"max_pool{Windows.Directions(kernel)}d", input,
                [.. settings, .. NodeSettings.Unless("padding", before, 0), .. NodeSettings.Unless("dilation", dilations, 1)]);
        input = import.Add("pad", input, ("padding", Windows.Sides(before, behind)), ("value", SpecValue.Of(Least)));
        return import.Add($"max_pool{Windows.Directions(kernel)}d", input, [.. settings, .. NodeSettings.Unless("dilation", dilations, 1)]);
    }

    /// <summary><c>AveragePool</c>.</summary>
    public static ImportedLayer AveragePool(OnnxImport import, OnnxNode node)
    {
        var kernel = node.Sizes("kernel_shape") ?? throw new NotSupportedException("it has no kernel_shape");
        if (node.Sizes("dilations") is { } dilations && dilations.Any(dilation => dilation != 1))
            throw new NotSupportedException("its window has gaps");
        var (input, settings, before, behind) = Window(import, node, kernel, [.. kernel.Select(_ => 1L)]);
        var counts = node.Setting("count_include_pad", 0) != 0;
        var isPadded = before.Concat(behind).Any(size => size != 0);
        if (!before.SequenceEqual(behind))
        {
            input = counts
                ? import.Add("pad", input, ("padding", Windows.Sides(before, behind)))
                : throw new NotSupportedException("its padding differs from side to side and is not counted");
            Array.Clear(before);
        }

        return import.Add(
            $"avg_pool{Windows.Directions(kernel)}d", input,
            [
                .. settings,
                .. NodeSettings.Unless("padding", before, 0),
                .. isPadded && !counts ? [("count_include_pad", SpecValue.Of(false))] : Array.Empty<(string, SpecValue)>()
            ]);
    }

    /// <summary><c>GlobalAveragePool</c> and <c>GlobalMaxPool</c>, which leave sizes of 1.</summary>
    public static ImportedLayer Global(OnnxImport import, OnnxNode node, string pool, string reduction)
    {
        var input = import.Value(node, 0);
        return input.Shape.Rank is 3 or 4
            ? import.Add($"{pool}{(input.Shape.Rank - 2).ToString(CultureInfo.InvariantCulture)}d", input, ("output_size", SpecValue.Of(1)))
            : import.Add(
                reduction, input,
                ("dim", SpecValue.OfNumbers(Enumerable.Range(2, input.Shape.Rank - 2).Select(dim => (long)dim))), ("keepdim", SpecValue.Of(true)));
    }

    /// <summary><c>ReduceMean</c> and <c>ReduceMax</c>.</summary>
    public static ImportedLayer Reduction(OnnxImport import, OnnxNode node, string keyword)
    {
        var axes = node.Sizes("axes") ?? (import.Constants.Find(node, 1) is { } given
            ? [.. given.Select(OnnxConstants.Known)]
            : throw new NotSupportedException("it reduces the batch, too"));
        return import.Add(keyword, import.Value(node, 0), ("dim", SpecValue.OfNumbers(axes)), ("keepdim", SpecValue.Of(node.Setting("keepdims", 1) != 0)));
    }

    private static (ImportedValue Input, List<(string, SpecValue)> Settings, long[] Before, long[] Behind) Window(
        OnnxImport import, OnnxNode node, long[] kernel, long[] dilations)
    {
        var (input, strides) = (import.Value(node, 0), node.Sizes("strides", 1, kernel.Length));
        var (before, behind) = Windows.Padding(node, input.Shape, kernel, strides, dilations);
        var settings = new List<(string, SpecValue)> { ("kernel_size", kernel.ToSpec()) };
        if (!strides.SequenceEqual(kernel))
            settings.Add(("stride", strides.ToSpec()));
        if (node.Setting("ceil_mode", 0) != 0)
            settings.Add(("ceil_mode", SpecValue.Of(true)));
        return (input, settings, before, behind);
    }
}
