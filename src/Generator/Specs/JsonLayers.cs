using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs.Json;

namespace ModelGen.Specs;

/// <summary>The lists of layers in a <c>.model.json</c> file, and their settings.</summary>
internal sealed partial class JsonSpecReader
{
    private EquatableArray<SectionSpec> ReadLayers(JsonNode node, string list)
    {
        _map.Add(list, node.Span);
        if (node.Kind != JsonKind.List)
        {
            Refuse(node, list, list, "the spec", "a list of layers, such as [\"relu\", { \"linear\": 10 }]");
            return default;
        }

        // A block may be empty, and then lets its input through.
        if (node.Items.Count == 0 && list == LayerLists.Root)
            Report(Rules.OutOfRange, list, node.Span, list, "the spec", "an empty list", "at least one layer, such as [\"relu\", { \"linear\": 10 }]");
        var layers = new SectionSpec[node.Items.Count];
        for (var i = 0; i < layers.Length; i++)
        {
            _cancellation.ThrowIfCancellationRequested();
            layers[i] = ReadLayer(node.Items[i], new LayerPlace(list, i).Path);
        }

        return EquatableArray<SectionSpec>.Owning(layers);
    }

    private SectionSpec ReadLayer(JsonNode node, string path)
    {
        _map.Add(path, node.Span);
        // A layer's name with a mistake in its quotes is still the layer.
        if (node.Kind == JsonKind.Text || (node.Kind == JsonKind.Missing && IsKnown(node.Text)))
            return new SectionSpec(node.Text, default);
        if (node.Kind != JsonKind.Object || node.Properties.Count == 0)
        {
            Refuse(node, path, path, "the spec", "a layer: \"relu\", or { \"conv2d\": 16, \"kernel_size\": 5 }");
            return SectionSpec.Unreadable;
        }

        var keyword = KeywordOf(node.Properties);
        _map.Add(SourceMap.KeyOf(path), keyword.NameSpan);
        var entry = LayerCatalogue.Find(keyword.Name);
        if (entry is null && !_blocks.ContainsKey(keyword.Name))
            return keyword.Value.Kind == JsonKind.Missing ? SectionSpec.Unreadable : new SectionSpec(keyword.Name, default);

        // { "relu": {} } says nothing but the keyword.
        var main = entry is null ? _blocks[keyword.Name] : entry.Main?.Name;
        var isEmpty = keyword.Value.Kind == JsonKind.Object && keyword.Value.Properties.Count == 0;
        if (isEmpty || keyword.Value.Kind == JsonKind.Missing || (main is not null && keyword.Value.Kind != JsonKind.Object))
        {
            var properties = isEmpty ? [.. node.Properties.Where(property => property != keyword)] : node.Properties;
            // One way to say it, which is also the schema's.
            if (isEmpty && entry is not null && properties.FirstOrDefault(property => property.Name == main) is { } named)
                Report(
                    Rules.UnknownProperty,
                    SourceMap.KeyOf(path + "." + main),
                    named.NameSpan,
                    keyword.Name,
                    named.Name,
                    $": its value stands behind the layer's name, {{ \"{keyword.Name}\": … }}.");
            return new SectionSpec(keyword.Name, ReadSettings(properties, path, keyword.Name, main, entry));
        }

        Refuse(keyword.Value, path + "." + keyword.Name, keyword.Name, "the layer", main is null
            ? $"nothing: write \"{keyword.Name}\", or {{ \"{keyword.Name}\": {{}} }} with a name beside it"
            : "its settings beside it, as in { \"conv2d\": 16, \"kernel_size\": 5 }");
        return SectionSpec.Unreadable;
    }

    // Some settings are called as some layers are: the dropout of an lstm, the drop_path of a residual.
    private bool IsSettingOf(string keyword, string name) =>
        _blocks.ContainsKey(keyword)
            ? LayerCatalogue.Find(name) is not null
            : LayerCatalogue.Find(keyword) is { } entry && Parameter.Find(name, entry.Parameters) is not null;

    private bool IsKnown(string keyword) => LayerCatalogue.Find(keyword) is not null || _blocks.ContainsKey(keyword);

    // The property that names a layer, or nearly so, wherever it stands; without one the first is the mistake.
    private JsonProperty KeywordOf(IReadOnlyList<JsonProperty> properties)
    {
        JsonProperty? known = null;
        for (var i = 0; i < properties.Count; i++)
        {
            if (!IsKnown(properties[i].Name))
                continue;
            if (!IsSettingOfAny(properties, properties[i]))
                return properties[i];
            known ??= properties[i];
        }

        return known ?? Nearest(properties) ?? properties[0];
    }

    private bool IsSettingOfAny(IReadOnlyList<JsonProperty> properties, JsonProperty setting)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (properties[i] != setting && IsSettingOf(properties[i].Name, setting.Name))
                return true;
        }

        return false;
    }

    private JsonProperty? Nearest(IReadOnlyList<JsonProperty> properties) =>
        properties.FirstOrDefault(property => Synonyms.Find(property.Name) is not null)
        ?? properties.FirstOrDefault(property => Suggestion.Nearest(property.Name, LayerCatalogue.All.Select(kind => kind.Keyword).Concat(_blocks.Keys)) is not null);

    /// <param name="properties">The settings as written.</param>
    /// <param name="path">The path of the section that they belong to.</param>
    /// <param name="keyword">The property that stands for the setting <paramref name="main"/>, if any.</param>
    /// <param name="main">The layer's first parameter.</param>
    /// <param name="entry">What the settings are of, if it is in the catalogue: it knows which of them are lists of layers.</param>
    private EquatableArray<SettingSpec> ReadSettings(
        IReadOnlyList<JsonProperty> properties,
        string path,
        string? keyword = null,
        string? main = null,
        CatalogueEntry? entry = null)
    {
        var settings = new SettingSpec[properties.Count];
        for (var i = 0; i < settings.Length; i++)
        {
            var property = properties[i];
            var name = property.Name == keyword ? main ?? property.Name : property.Name;
            var place = TextBuffer.Joined(path, ".", name);
            _map.Add(SourceMap.KeyOf(place), property.NameSpan);
            settings[i] = new SettingSpec(name, ReadSetting(entry, name, property.Value, place, keyword));
        }

        return EquatableArray<SettingSpec>.Owning(settings);
    }

    private SpecValue ReadSetting(CatalogueEntry? entry, string name, JsonNode node, string place, string? keyword)
    {
        var type = entry is null ? null : Parameter.Find(name, entry.Parameters)?.Type;
        if (type == ParameterType.Layers && node.Kind == JsonKind.List)
            return SpecValue.Of(ReadLayers(node, place));
        if (type == ParameterType.Branches && node.Kind == JsonKind.List && node.Items.All(item => item.Kind == JsonKind.List))
        {
            _map.Add(place, node.Span);
            return ReadBranches(node, place);
        }

        // Settings of the first of repeated blocks; none, where it has no others.
        if (entry is null && name == BlockSpec.First && keyword is not null && node is not { Kind: JsonKind.Text, Text: BlockSpec.NoFirst })
        {
            _map.Add(place, node.Span);
            if (node.Kind != JsonKind.Object)
            {
                Refuse(node, place, name, keyword, "an object with the settings that differ: { \"stride\": 2 }");
                return SpecValue.Unreadable;
            }

            return SpecValue.Of(EquatableArray<SectionSpec>.Of([new SectionSpec(keyword, ReadSettings(node.Properties, place + "[0]", keyword))]));
        }

        // A block's parameters, and what a module of one's own takes, are of any type.
        return ReadValue(node, place, isTyped: entry is null ? keyword is null || name == "repeat" : type != ParameterType.Values);
    }

    private SpecValue ReadBranches(JsonNode node, string place) =>
        SpecValue.Of(EquatableArray<SpecValue>.Of(node.Items.Select((item, index) => SpecValue.Of(ReadLayers(item, new LayerPlace(place, index).Path)))));
}
