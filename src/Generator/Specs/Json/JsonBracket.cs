using System.Collections.Generic;

namespace ModelGen.Specs.Json;

/// <summary>A list or an object while it is read.</summary>
internal sealed class JsonBracket(char opening)
{
    // Most brackets have one of them.
    private List<JsonNode>? _items;
    private List<JsonProperty>? _properties;

    public char Opening { get; } = opening;

    public char Closing => Opening == '{' ? '}' : ']';

    /// <summary>What a message calls one of its items.</summary>
    public string Item => Opening == '{' ? "a property name in double quotes" : "a value";

    /// <summary>What a message says can stand behind an item.</summary>
    public string Separator => Opening == '{' ? "',' or '}'" : "',' or ']'";

    /// <summary>A list's items.</summary>
    public List<JsonNode> Items => _items ??= [];

    /// <summary>An object's properties, and those that end a list: they belong to the object around it if the list's bracket is missing.</summary>
    public List<JsonProperty> Properties => _properties ??= [];

    /// <summary>Whether an item stands before the next one without a comma between them so far.</summary>
    public bool IsCommaDue { get; set; }

    public bool HasGap { get; set; }

    /// <summary>Whether a mistake makes its form doubtful: what is wrong with names and colons from there on is the same mistake.</summary>
    public bool IsDoubtful { get; set; }

    /// <summary>How many of an object's properties stand before what may be a section without its opening brace.</summary>
    public int? Gap { get; set; }

    /// <summary>A property that could not be read; what is around it may lack anything.</summary>
    public void AddMissingProperty(JsonNode missing) => Properties.Add(new JsonProperty(missing, missing));

    /// <summary>An item stands behind a list's loose properties, so that its end is not missing before them.</summary>
    public void ForgetProperties() => _properties?.Clear();

    /// <summary>Gives the properties at a list's end to the object around it.</summary>
    public void HandTo(JsonBracket? outer)
    {
        if (Opening != '[' || outer is not { Opening: '{' })
            return;
        Items.RemoveRange(Items.Count - Properties.Count, Properties.Count);
        outer.Properties.AddRange(Properties);
    }

    /// <summary>Takes the object before a list's loose properties as unreadable: they are its own, and it was closed too early.</summary>
    public void ForgetOwner(JsonNode missing)
    {
        if (Opening != '[')
            return;
        var owner = Items.Count - Properties.Count - 1;
        if (Properties.Count > 0 && owner >= 0 && Items[owner].Kind == JsonKind.Object)
            Items[owner] = missing;
        Properties.Clear();
    }

    /// <summary>Takes the last property's value as unreadable: it was to be a list, and this goes on.</summary>
    public void ForgetLastValue(JsonNode missing)
    {
        if (Properties.Count > 0)
            Properties[Properties.Count - 1] = Properties[Properties.Count - 1] with { Value = missing };
    }

    /// <summary>Leaves out what stands behind a gap: an end too many shows that it was a section of its own.</summary>
    public void ForgetBehindGap()
    {
        if (Gap is { } gap)
            Properties.RemoveRange(gap, Properties.Count - gap);
        Gap = null;
    }
}
