using System.Text.Json;
using System.Text.RegularExpressions;

namespace ModelGen.Tests.Layers;

/// <summary>Judges JSON by a schema, in so much of draft-07 as ours is written in. Patterns are JavaScript's, as in editors.</summary>
internal sealed class SchemaReferee(string schema)
{
    private readonly JsonElement _root = JsonElement.Parse(schema);
    private readonly Dictionary<string, Regex> _patterns = [];

    public bool Accepts(string json) => Accepts(_root, JsonElement.Parse(json, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }));

    private bool Accepts(JsonElement schema, JsonElement value) => schema.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => schema.EnumerateObject().All(rule => Holds(rule.Name, rule.Value, schema, value)),
    };

    private bool Holds(string keyword, JsonElement rule, JsonElement schema, JsonElement value) => (keyword, value.ValueKind) switch
    {
        ("$schema" or "title" or "description" or "default" or "definitions" or "allowComments" or "allowTrailingCommas", _) => true,
        ("$ref", _) => Accepts(_root.GetProperty("definitions").GetProperty(rule.GetString()!["#/definitions/".Length..]), value),
        ("type", _) => rule.ValueKind == JsonValueKind.Array ? rule.EnumerateArray().Any(type => Is(type.GetString(), value)) : Is(rule.GetString(), value),
        ("enum", _) => rule.EnumerateArray().Any(choice => JsonElement.DeepEquals(choice, value)),
        ("not", _) => !Accepts(rule, value),
        ("anyOf", _) => rule.EnumerateArray().Any(one => Accepts(one, value)),
        ("allOf", _) => rule.EnumerateArray().All(one => Accepts(one, value)),
        ("oneOf", _) => rule.EnumerateArray().Count(one => Accepts(one, value)) == 1,
        ("minimum", JsonValueKind.Number) => value.GetDouble() >= rule.GetDouble(),
        ("maximum", JsonValueKind.Number) => value.GetDouble() <= rule.GetDouble(),
        ("exclusiveMinimum", JsonValueKind.Number) => value.GetDouble() > rule.GetDouble(),
        ("exclusiveMaximum", JsonValueKind.Number) => value.GetDouble() < rule.GetDouble(),
        ("pattern", JsonValueKind.String) => Matches(rule, value.GetString()!),
        ("minLength", JsonValueKind.String) => value.GetString()!.Length >= rule.GetInt32(),
        ("maxLength", JsonValueKind.String) => value.GetString()!.Length <= rule.GetInt32(),
        ("items", JsonValueKind.Array) => value.EnumerateArray().All(item => Accepts(rule, item)),
        ("minItems", JsonValueKind.Array) => value.GetArrayLength() >= rule.GetInt32(),
        ("maxItems", JsonValueKind.Array) => value.GetArrayLength() <= rule.GetInt32(),
        ("uniqueItems", JsonValueKind.Array) => value.EnumerateArray().Select(item => item.GetRawText()).Distinct().Count() == value.GetArrayLength(),
        ("required", JsonValueKind.Object) => rule.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        ("minProperties", JsonValueKind.Object) => value.GetPropertyCount() >= rule.GetInt32(),
        ("maxProperties", JsonValueKind.Object) => value.GetPropertyCount() <= rule.GetInt32(),
        ("propertyNames", JsonValueKind.Object) => value.EnumerateObject().All(property => Accepts(rule, JsonSerializer.SerializeToElement(property.Name))),
        ("properties", JsonValueKind.Object) => value.EnumerateObject().All(property => !rule.TryGetProperty(property.Name, out var own) || Accepts(own, property.Value)),
        ("patternProperties", JsonValueKind.Object) => value.EnumerateObject().All(property => rule.EnumerateObject().All(own => !Matches(own.Name, property.Name) || Accepts(own.Value, property.Value))),
        ("additionalProperties", JsonValueKind.Object) => value.EnumerateObject().All(property => IsNamed(schema, property.Name) || Accepts(rule, property.Value)),
        ("dependencies", JsonValueKind.Object) => rule.EnumerateObject().All(has => !value.TryGetProperty(has.Name, out _) || has.Value.EnumerateArray().All(needed => value.TryGetProperty(needed.GetString()!, out _))),
        ("if", _) => !Accepts(rule, value) || Accepts(schema.GetProperty("then"), value),
        ("then" or "dependencies", _) => true,
        ("minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "pattern" or "minLength" or "maxLength" or "items" or "minItems" or "maxItems" or "uniqueItems"
            or "required" or "minProperties" or "maxProperties" or "propertyNames" or "properties" or "patternProperties" or "additionalProperties", _) => true,
        _ => throw new NotSupportedException($"The referee does not know '{keyword}'."),
    };

    private bool IsNamed(JsonElement schema, string name) =>
        (schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out _))
        || (schema.TryGetProperty("patternProperties", out var patterns) && patterns.EnumerateObject().Any(own => Matches(own.Name, name)));

    private bool Matches(JsonElement pattern, string text) => Matches(pattern.GetString()!, text);

    private bool Matches(string pattern, string text)
    {
        if (!_patterns.TryGetValue(pattern, out var regex))
            _patterns.Add(pattern, regex = new Regex(pattern, RegexOptions.ECMAScript));
        return regex.IsMatch(text);
    }

    private static bool Is(string? type, JsonElement value) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value.GetDouble() == Math.Floor(value.GetDouble()),
        _ => false,
    };
}
