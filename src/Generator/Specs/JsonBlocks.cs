using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs.Json;

namespace ModelGen.Specs;

/// <summary>The blocks of a <c>.model.json</c> file: <c>"blocks": { "Cell": { "parameters": ["channels", { "stride": 1 }], "layers": […] } }</c>.</summary>
internal sealed partial class JsonSpecReader
{
    /// <summary>Blocks of a spec, and parameters of a block: no network comes near, and more of them would take time that their length does not explain.</summary>
    private const int MostBlocks = 100;

    private static readonly string[] BlockKeys = ["parameters", "inputs", "numbered", "layers"];

    private EquatableArray<BlockSpec> ReadBlocks(JsonNode node)
    {
        _map.Add("blocks", node.Span);
        if (node.Kind != JsonKind.Object)
        {
            Refuse(node, "blocks", "blocks", "the spec", "an object: { \"Cell\": { \"parameters\": [\"channels\"], \"layers\": […] } }");
            return default;
        }

        if (node.Properties.Count > MostBlocks)
        {
            Report(Rules.SpecTooLarge, "blocks", node.Span, Amount.Of(node.Properties.Count, "blocks"), Amount.Of(MostBlocks, "blocks"));
            return default;
        }

        // Not one whose name is still being written, which is said.
        var named = node.Properties.Where(property => property.Key.Kind != JsonKind.Missing).ToList();
        // A block may use another one that stands behind it.
        foreach (var property in named)
        {
            if (!_blocks.ContainsKey(property.Name))
                _blocks.Add(property.Name, FirstParameter(property.Value));
        }

        var blocks = new Dictionary<string, BlockSpec>(StringComparer.Ordinal);
        foreach (var property in named)
        {
            var path = BlockSpec.Path(property.Name);
            if (blocks.ContainsKey(property.Name))
                Report(Rules.SetTwice, SourceMap.AgainOf(path), property.NameSpan, property.Name, "blocks");
            else if (ReadBlock(property, path) is { } block)
                blocks.Add(property.Name, block);
        }

        return EquatableArray<BlockSpec>.Of(blocks.Values);
    }

    private BlockSpec? ReadBlock(JsonProperty block, string path)
    {
        _map.Add(SourceMap.KeyOf(path), block.NameSpan);
        _map.Add(path, block.Value.Span);
        if (ClassName.Objection(block.Name, dotted: false) is { } objection)
        {
            Report(Rules.InvalidName, SourceMap.KeyOf(path), block.NameSpan, SpecValue.Shorten(block.Name), objection);
            return null;
        }

        if (block.Value.Kind != JsonKind.Object)
        {
            Refuse(block.Value, path, block.Name, "blocks", "an object: { \"parameters\": [\"channels\"], \"layers\": […] }");
            return null;
        }

        var fields = FieldsOf(block.Value, BlockKeys, path + ".", $"the block '{block.Name}'");
        if (!fields.TryGetValue("layers", out var layers))
        {
            if (block.Value.IsWhole)
                Report(Rules.MissingProperty, path, block.NameSpan, $"The block '{block.Name}'", "layers", "at least one layer");
            return null;
        }

        var parameters = fields.TryGetValue("parameters", out var list) ? ReadParameters(list.Value, block.Name, path + ".parameters") : [];
        if (parameters is null)
            return null;
        return new BlockSpec(
            block.Name,
            EquatableArray<BlockParameter>.Of(parameters),
            fields.TryGetValue("inputs", out var inputs) ? ReadNames(inputs.Value, path + ".inputs") : EquatableArray<string>.Of([ModelSpec.OnlyInput]),
            fields.TryGetValue("numbered", out var numbered) && ReadFlag(numbered.Value, path + ".numbered"),
            ReadLayers(layers.Value, path + "." + LayerLists.Root));
    }

    private static string? FirstParameter(JsonNode block)
    {
        var parameters = block.Kind == JsonKind.Object ? block.Properties.FirstOrDefault(property => property.Name == "parameters")?.Value : null;
        // No list, which is said, and its names are parameters all the same.
        if (parameters is { Kind: JsonKind.Object, Properties.Count: > 0 })
            return parameters.Properties[0].Name;
        if (parameters is not { Kind: JsonKind.List, Items.Count: > 0 })
            return null;
        return parameters.Items[0] switch
        {
            { Kind: JsonKind.Text } name => name.Text,
            { Kind: JsonKind.Object, Properties.Count: > 0 } withDefault => withDefault.Properties[0].Name,
            _ => null,
        };
    }

    /// <summary>A name for a parameter that each use must set, an object for one with a default.</summary>
    private List<BlockParameter>? ReadParameters(JsonNode node, string block, string path)
    {
        const string Expected = "a list of names, and of names with a default: [\"channels\", { \"stride\": 1 }]";
        _map.Add(path, node.Span);
        var parameters = new List<BlockParameter>();
        if (node.Kind != JsonKind.List)
        {
            Refuse(node, path, "parameters", "the block", Expected);
            return null;
        }

        if (node.Items.Count > MostBlocks)
        {
            Report(Rules.SpecTooLarge, path, node.Span, Amount.Of(node.Items.Count, "parameters of a block"), Amount.Of(MostBlocks, "parameters"));
            return default;
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            var (item, place) = (node.Items[i], new LayerPlace(path, i).Path);
            _map.Add(place, item.Span);
            if (item.Kind == JsonKind.Text)
                Add(item.Text, null, place);
            else if (item.Kind == JsonKind.Object && item.Properties.Count == 1)
                Add(item.Properties[0].Name, ReadValue(item.Properties[0].Value, BlockParameter.DefaultPath(block, item.Properties[0].Name), isTyped: false), place);
            else
                Refuse(item, place, "parameters", "the block", Expected);
        }

        return parameters;

        // One that is wrong is still there, for the layers that use it.
        SpecValue Default(string name, SpecValue value)
        {
            var parameter = new AnyParameter(name, value);
            if (value.Kind == SpecValueKind.Unreadable || parameter.HasType(value))
                return value;
            _findings.Add(Finding.Of(Rules.WrongType, BlockParameter.DefaultPath(block, name), name, "the block's parameters", value.ToString(), parameter.Expected));
            return SpecValue.Unreadable;
        }

        void Add(string name, SpecValue? value, string place)
        {
            if (!SpecNames.IsValid(name))
                _findings.Add(Finding.Of(Rules.InvalidName, place, SpecValue.Shorten(name), SpecNames.Form));
            else if (parameters.Any(parameter => parameter.Name == name))
                _findings.Add(Finding.Of(Rules.SetTwice, place, name, "the block's parameters"));
            else
                parameters.Add(new BlockParameter(name, value is null ? null : Default(name, value)));
        }
    }

    private EquatableArray<string> ReadNames(JsonNode node, string path)
    {
        _map.Add(path, node.Span);
        if (node.Kind == JsonKind.List
            && node.Items.Count > 0
            && node.Items.All(item => item.Kind == JsonKind.Text && SpecNames.IsValid(item.Text))
            && node.Items.Select(item => item.Text).Distinct().Count() == node.Items.Count)
            return EquatableArray<string>.Of(node.Items.Select(item => item.Text));
        Refuse(node, path, "inputs", "the block", "a list of different names: [\"input\", \"skip\"]");
        return EquatableArray<string>.Of([ModelSpec.OnlyInput]);
    }

    private bool ReadFlag(JsonNode node, string path)
    {
        _map.Add(path, node.Span);
        if (node.Kind != JsonKind.Flag)
            Refuse(node, path, "numbered", "the block", "true or false");
        return node.Flag;
    }
}
