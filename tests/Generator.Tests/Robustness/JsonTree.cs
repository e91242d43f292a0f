using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelGen.Tests.Robustness;

/// <summary>
/// JSON as a tree to change at will: unlike System.Text.Json's own it can hold a key twice, half a surrogate pair, and numbers that are none.
/// </summary>
internal sealed class JsonTree
{
    private JsonTree(string? raw, List<(string? Key, JsonTree Value)> parts, char open) => (Raw, Parts, Open) = (raw, parts, open);

    /// <summary>What a leaf is written as; null for lists and objects.</summary>
    public string? Raw { get; }

    /// <summary>The items of a list, without keys, or the properties of an object.</summary>
    public List<(string? Key, JsonTree Value)> Parts { get; }

    /// <summary>The opening bracket of a list or an object.</summary>
    private char Open { get; }

    public bool IsObject => Open == '{';

    public static JsonTree Leaf(string raw) => new(raw, [], ' ');

    public static JsonTree Text(string text) => Leaf(Quote(text));

    public static JsonTree List(IEnumerable<JsonTree> items) => new(null, [.. items.Select(item => ((string?)null, item))], '[');

    public static JsonTree Object(IEnumerable<(string? Key, JsonTree Value)> properties) => new(null, [.. properties], '{');

    public static JsonTree Parse(string json)
    {
        var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        using var document = JsonDocument.Parse(json, options);
        return Of(document.RootElement);
    }

    /// <summary>This and everything in it, the outer before the inner.</summary>
    public IEnumerable<JsonTree> All() => Parts.SelectMany(part => part.Value.All()).Prepend(this);

    public JsonTree Copy() => new(Raw, [.. Parts.Select(part => (part.Key, part.Value.Copy()))], Open);

    public override string ToString()
    {
        var text = new StringBuilder();
        Write(text);
        return text.ToString();
    }

    private void Write(StringBuilder text)
    {
        if (Raw is not null)
        {
            text.Append(Raw);
            return;
        }

        text.Append(Open);
        for (var i = 0; i < Parts.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            if (IsObject)
                text.Append(Quote(Parts[i].Key ?? "")).Append(": ");
            Parts[i].Value.Write(text);
        }

        text.Append(IsObject ? '}' : ']');
    }

    private static JsonTree Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => Object(element.EnumerateObject().Select(property => ((string?)property.Name, Of(property.Value)))),
        JsonValueKind.Array => List(element.EnumerateArray().Select(Of)),
        JsonValueKind.String => Text(element.GetString()!),
        _ => Leaf(element.GetRawText()),
    };

    /// <summary>A text in quotes; only what JSON demands is escaped, so that everything else reaches the reader as it is.</summary>
    public static string Quote(string text) => "\"" + string.Concat(text.Select(character => character switch
    {
        '"' or '\\' => "\\" + character,
        < ' ' => "\\u" + ((int)character).ToString("X4", CultureInfo.InvariantCulture),
        _ => character.ToString(),
    })) + "\"";
}
