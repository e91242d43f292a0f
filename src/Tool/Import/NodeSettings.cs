using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>What a node says, with ONNX's defaults.</summary>
internal static class NodeSettings
{
    /// <summary>A whole number.</summary>
    public static long Setting(this OnnxNode node, string name, long fallback) => node.Value(name) as long? ?? fallback;

    /// <summary>A real number.</summary>
    public static double Setting(this OnnxNode node, string name, double fallback) => node.Value(name) as double? ?? fallback;

    /// <summary>A word.</summary>
    public static string Setting(this OnnxNode node, string name, string fallback) => node.Value(name) as string ?? fallback;

    /// <summary>Whole numbers; null where it says none.</summary>
    public static long[]? Sizes(this OnnxNode node, string name) => node.Value(name) as long[];

    /// <summary>The same number for each direction where it says none.</summary>
    /// <exception cref="NotSupportedException">It says others than one for each.</exception>
    public static long[] Sizes(this OnnxNode node, string name, long fallback, int directions)
    {
        var sizes = node.Sizes(name) ?? [.. Enumerable.Repeat(fallback, directions)];
        return sizes.Length == directions ? sizes : throw new NotSupportedException($"{name} has {sizes.Length} numbers for {directions} directions");
    }

    /// <summary>Refuses a setting that no layer has.</summary>
    /// <exception cref="NotSupportedException">It says something else.</exception>
    public static void Require(this OnnxNode node, string name, object fallback)
    {
        if (node.Value(name) is { } value && !value.Equals(fallback))
            throw new NotSupportedException($"{name} is set, which no layer has so");
    }

    /// <summary>A layer's setting, or none where it is the usual.</summary>
    public static (string Name, SpecValue Value)[] Unless(string name, long[] sizes, long usual) => sizes.All(size => size == usual) ? [] : [(name, sizes.ToSpec())];

    /// <summary>Sizes as a spec has them: one number where all are equal.</summary>
    public static SpecValue ToSpec(this IReadOnlyList<long> sizes) => sizes.All(size => size == sizes[0]) ? SpecValue.Of(sizes[0]) : SpecValue.OfNumbers(sizes);

    private static object? Value(this OnnxNode node, string name) => node.Attributes.FirstOrDefault(attribute => attribute.Name == name)?.Value;
}
