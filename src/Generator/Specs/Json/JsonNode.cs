using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Specs.Json;

internal enum JsonKind
{
    /// <summary>A value that is missing or could not be read, which is reported; its text is the word that stood there, if any.</summary>
    Missing,
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

    // A text, items or properties: a spec has hundreds of values, and none has two of them.
    private readonly object? _content;

    public string Text
    {
        get => _content as string ?? "";
        init => _content = value;
    }

    public IReadOnlyList<JsonNode> Items
    {
        get => _content as List<JsonNode> ?? (IReadOnlyList<JsonNode>)[];
        init => _content = value;
    }

    public IReadOnlyList<JsonProperty> Properties
    {
        get => _content as List<JsonProperty> ?? (IReadOnlyList<JsonProperty>)[];
        init => _content = value;
    }

    /// <summary>Whether a comma stands where an item may be missing.</summary>
    public bool HasGap { get; init; }

    /// <summary>Whether the value is what the user meant: nothing in it is missing.</summary>
    public bool IsWhole => Kind != JsonKind.Missing && !HasGap
        && Items.All(item => item.IsWhole) && Properties.All(property => property.Value.IsWhole);
}

/// <summary>A property in the order written; a key that is written twice is there twice.</summary>
/// <param name="Key">The name and where it stands; one that can't be read is missing, and its text empty.</param>
/// <param name="Value">What it stands for.</param>
internal sealed record JsonProperty(JsonNode Key, JsonNode Value)
{
    public string Name => Key.Text;

    public SourceSpan NameSpan => Key.Span;
}
