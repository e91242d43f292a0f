using System.Collections.Generic;

namespace ModelGen.Specs.Json;

internal enum JsonKind
{
    Null,
    Flag,
    Integer,
    Real,
    Text,
    List,
    Object,
}

/// <summary>A JSON value and where it stands. A number without a fraction or an exponent that fits 64 bits is an integer.</summary>
internal sealed class JsonNode(JsonKind kind, SourceSpan span)
{
    public JsonKind Kind { get; } = kind;

    public SourceSpan Span { get; } = span;

    public bool Flag { get; init; }

    public long Integer { get; init; }

    public double Real { get; init; }

    public string Text { get; init; } = "";

    public IReadOnlyList<JsonNode> Items { get; init; } = [];

    public IReadOnlyList<JsonProperty> Properties { get; init; } = [];
}

/// <summary>A property in the order written; a key that is written twice is there twice.</summary>
internal sealed record JsonProperty(string Name, SourceSpan NameSpan, JsonNode Value);
