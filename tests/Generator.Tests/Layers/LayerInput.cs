using ModelGen.Graph;

namespace ModelGen.Tests.Layers;

/// <summary>The input of a network that tries layers: in JSON as it is written there, and as an attribute.</summary>
internal static class LayerInput
{
    private const string Type = """, "type": "int64" }""";

    /// <summary>An input of indices (int64) in JSON.</summary>
    public static string Indices(params long[] sizes) => Json(TensorShape.Of(sizes) with { IsIndices = true });

    public static string Json(TensorShape shape)
    {
        var sizes = $"[{string.Join(", ", shape.Sizes)}]";
        return shape.IsIndices ? $$"""{ "shape": {{sizes}}{{Type}}""" : sizes;
    }

    /// <summary>The attribute that says the same as an input in JSON.</summary>
    public static string Attribute(string json) => $"Input({json[(json.IndexOf('[') + 1)..json.IndexOf(']')]}{(IsIndices(json) ? ", Type = InputType.Int64" : "")})";

    /// <summary>Whether a text in JSON has an input of indices.</summary>
    public static bool IsIndices(string json) => json.Contains(Type, StringComparison.Ordinal);
}
