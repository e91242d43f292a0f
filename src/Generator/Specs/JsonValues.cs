using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Specs.Json;

namespace ModelGen.Specs;

/// <summary>The values of a <c>.model.json</c> file and the keys of its objects, and how what is wrong with them is said.</summary>
internal sealed partial class JsonSpecReader
{
    /// <summary>The properties of an object that has only these keys, each once.</summary>
    /// <param name="node">The object.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="path">What stands before a key in its path.</param>
    /// <param name="owner">What the object is, in a sentence: <c>the spec</c>.</param>
    private Dictionary<string, JsonProperty> FieldsOf(JsonNode node, string[] keys, string path, string owner)
    {
        var fields = new Dictionary<string, JsonProperty>(StringComparer.Ordinal);
        foreach (var property in node.Properties)
        {
            var isKnown = keys.Contains(property.Name);
            // Half of a property that is being typed, which is said.
            if (!isKnown && property.Value.Kind == JsonKind.Missing)
                continue;
            if (!isKnown)
                Report(
                    Rules.UnknownProperty,
                    SourceMap.KeyOf(path + property.Name),
                    property.NameSpan,
                    char.ToUpperInvariant(owner[0]) + owner.Substring(1),
                    SpecValue.Shorten(property.Name),
                    Suggestion.For(property.Name, keys));
            else if (fields.ContainsKey(property.Name))
                Report(Rules.SetTwice, SourceMap.AgainOf(path + property.Name), property.Value.Span, property.Name, owner);
            else
                fields.Add(property.Name, property);
        }

        return fields;
    }

    private SpecValue ReadValue(JsonNode node, string path, bool isTyped = true)
    {
        _map.Add(path, node.Span);
        // Of a list of names one alone may be wrong; of numbers it is the list.
        if (node.Kind == JsonKind.List && node.Items.Any(item => item.Kind == JsonKind.Text))
        {
            for (var i = 0; i < node.Items.Count; i++)
                _map.Add(new LayerPlace(path, i).Path, node.Items[i].Span);
        }

        return Describe(node, isTyped);
    }

    /// <param name="node">The value.</param>
    /// <param name="isTyped">Whether its setting knows what it takes: to JSON's schemas 16.0 is the whole number 16. Elsewhere, a division depends on it.</param>
    private static SpecValue Describe(JsonNode node, bool isTyped = true) => node.Kind switch
    {
        _ when !node.IsWhole => SpecValue.Unreadable,
        JsonKind.Integer => SpecValue.Of(node.Integer),
        JsonKind.Real when isTyped && node.Real == Math.Floor(node.Real) && Math.Abs(node.Real) < long.MaxValue => SpecValue.Of((long)node.Real),
        JsonKind.Real => SpecValue.Of(node.Real),
        JsonKind.Flag => SpecValue.Of(node.Flag),
        JsonKind.Text => SpecValue.Of(node.Text),
        JsonKind.List => SpecValue.Of(EquatableArray<SpecValue>.Of(node.Items.Select(item => Describe(item, isTyped)))),
        JsonKind.Object => SpecValue.Other("an object"),
        _ => SpecValue.Other("null"),
    };

    /// <summary>Reports a value of the wrong type, unless a mistake in it is reported already.</summary>
    private void Refuse(JsonNode node, string path, string name, string owner, string expected)
    {
        if (node.IsWhole)
            Report(Rules.WrongType, path, node.Span, name, owner, Describe(node).ToString(), expected);
    }

    private void Report(Rule rule, string path, SourceSpan span, params string[] arguments)
    {
        _map.Add(path, span);
        _findings.Add(Finding.Of(rule, path, arguments));
    }
}
