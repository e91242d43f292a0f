using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Specs.Json;

namespace ModelGen.Specs;

/// <summary>Reads the text of a <c>.model.json</c> file into a spec. It knows the file's form; what the values mean is the checker's.</summary>
internal sealed partial class JsonSpecReader
{
    /// <summary>Characters; a spec of 10,000 layers fits.</summary>
    public const int MaxLength = 1 << 20;

    /// <summary>What the name of every spec's file ends with, in any case.</summary>
    public const string FileEnding = ".model.json";

    private static readonly string[] Keys = ["$schema", "name", "namespace", "input", "inputs", "blocks", "layers", "outputs", "training", "data", "budget", "compile"];

    private readonly SourceMap.Builder _map;
    private readonly List<Finding> _findings = [];

    // The blocks, each with its first parameter, which is the value behind its name.
    private readonly Dictionary<string, string?> _blocks = new(StringComparer.Ordinal);

    private readonly CancellationToken _cancellation;

    private JsonSpecReader(string filePath, CancellationToken cancellation) => (_map, _cancellation) = (new SourceMap.Builder(filePath), cancellation);

    /// <summary>Reads one file. Never throws, unless it is cancelled: what is wrong is among the findings.</summary>
    /// <param name="filePath">The file; its last part without <c>.model.json</c> is the class's name unless the spec gives one.</param>
    /// <param name="text">The file's text.</param>
    /// <param name="rootNamespace">The project's namespace, for a spec that gives none.</param>
    /// <param name="cancellation">Asked at each layer.</param>
    public static SpecReading Read(string filePath, string text, string rootNamespace, CancellationToken cancellation = default)
    {
        var reader = new JsonSpecReader(filePath, cancellation);
        var spec = reader.ReadSpec(filePath, text, rootNamespace);
        return new SpecReading(spec, reader._map.Build(), EquatableArray<Finding>.Of(reader._findings));
    }

    private ModelSpec? ReadSpec(string filePath, string text, string rootNamespace)
    {
        var sourceName = SourceMap.FileName(filePath);
        var fileName = sourceName.Substring(0, sourceName.Length - FileEnding.Length);
        if (ReadRoot(text) is not { } root)
            return Unreadable(sourceName, fileName, rootNamespace);

        // A mistake that has no better place is shown at the opening brace.
        _map.Add("", root.Span with { Length = 1 });
        var fields = FieldsOf(root, Keys, "", "the spec");
        var name = ReadIdentifier(fields, "name", fileName, dotted: false);
        var nameSpace = ReadIdentifier(fields, "namespace", rootNamespace, dotted: true);
        // What else is wrong is said all the same. The file's path stands for the class: no class can have it, and no other file.
        if (nameSpace is null)
            name = null;
        // Before the layers, which use them by their names.
        var blocks = fields.TryGetValue("blocks", out var declared) ? ReadBlocks(declared.Value) : default;
        var spec = new ModelSpec(
            sourceName,
            nameSpace ?? "",
            default,
            name ?? filePath,
            "public",
            ReadInputs(fields),
            fields.TryGetValue("layers", out var layers) ? ReadLayers(layers.Value, LayerLists.Root) : default,
            fields.TryGetValue("training", out var training) ? ReadSection(training.Value, "training", "{ \"loss\": …, \"optimizer\": … }") : null,
            fields.TryGetValue("data", out var data) ? ReadData(data.Value) : null,
            fields.TryGetValue("budget", out var budget) ? ReadSection(budget.Value, "budget", "{ \"parameters\": 30000 }") : null,
            IsSound: true,
            IsWritable: name is not null)
        {
            Blocks = blocks,
            RefusedBlocks = EquatableArray<string>.Of(_blocks.Keys.Except(blocks.Select(block => block.Name))),
            Outputs = fields.TryGetValue("outputs", out var outputs) ? ReadValue(outputs.Value, "outputs") : null,
            Compile = fields.TryGetValue("compile", out var compile) ? ReadSection(compile.Value, "compile", "{ \"optimize\": false }") : null,
        };
        return _findings.Count == 0 ? spec : spec with { IsSound = false };
    }

    private JsonNode? ReadRoot(string text)
    {
        _map.Lines = SourceLines.Of(text);
        if (text.Length > MaxLength)
        {
            Report(Rules.SpecTooLarge, "", default, Amount.Of(text.Length, "characters"), Amount.Of(MaxLength, "characters"));
            return null;
        }

        var reading = JsonReader.Read(text);
        foreach (var mistake in reading.Mistakes)
            Report(Rules.JsonSyntax, SourceMap.Syntax(_findings.Count), mistake.Span, mistake.Message);
        var (depth, path) = (JsonReader.MaxDepth, SourceMap.Syntax(_findings.Count));
        if (reading.TooDeep is { } bracket)
            Report(Rules.SpecTooLarge, path, bracket, $"{depth + 1} levels of brackets", $"{depth} levels");
        else if (reading.Root.Kind == JsonKind.Object)
            return reading.Root;
        if (_findings.Count == 0)
            Report(Rules.JsonSyntax, "", reading.Root.Span, "A spec is an object: { \"name\": …, \"input\": …, \"layers\": … }");
        return null;
    }

    /// <summary>What a file stands for that is no JSON at the moment: the class that is most likely in it.</summary>
    private static ModelSpec? Unreadable(string sourceName, string name, string rootNamespace) =>
        ClassName.Objection(name, dotted: false) is null && ClassName.Objection(rootNamespace, dotted: true) is null
            ? new ModelSpec(
                sourceName, rootNamespace, default, name, "public", default, default,
                SectionSpec.Unreadable, SectionSpec.Unreadable, null,
                IsSound: false, IsWritable: true)
            : null;

    private SectionSpec ReadSection(JsonNode node, string key, string example)
    {
        _map.Add(key, node.Span);
        if (node.Kind == JsonKind.Object)
            return new SectionSpec(key, ReadSettings(node.Properties, key));
        Refuse(node, key, key, "the spec", $"an object: {example}");
        return SectionSpec.Unreadable;
    }

    private SectionSpec ReadData(JsonNode node)
    {
        _map.Add("data", node.Span);
        if (node.Kind == JsonKind.Object && node.Properties.Count == 1 && node.Properties[0].Value.Kind == JsonKind.Object)
        {
            _map.Add(SourceMap.KeyOf("data"), node.Properties[0].NameSpan);
            return new SectionSpec(node.Properties[0].Name, ReadSettings(node.Properties[0].Value.Properties, "data"));
        }

        Refuse(node, "data", "data", "the spec", "one source with its settings: { \"image_folder\": {} } or { \"csv\": { \"label\": … } }");
        return SectionSpec.Unreadable;
    }

    private EquatableArray<SectionSpec> ReadInputs(Dictionary<string, JsonProperty> fields)
    {
        if (fields.ContainsKey("input") && fields.TryGetValue("inputs", out var more))
            Report(Rules.SetTwice, SourceMap.KeyOf("inputs"), more.NameSpan, "input", "the spec");
        if (fields.TryGetValue("input", out var only))
            return ReadInput(only.Value, ModelSpec.OnlyInput, ModelSpec.OnlyInput) is { } input ? EquatableArray<SectionSpec>.Of([input]) : default;
        if (!fields.TryGetValue("inputs", out var several))
            return default;
        _map.Add("inputs", several.Value.Span);
        if (several.Value.Kind != JsonKind.Object)
        {
            Refuse(several.Value, "inputs", "inputs", "the spec", "an object: { \"image\": [3, 28, 28], \"tokens\": { \"shape\": [16], \"type\": \"int64\" } }");
            return default;
        }

        var inputs = new List<SectionSpec>();
        foreach (var property in several.Value.Properties)
        {
            var path = "inputs." + property.Name;
            _map.Add(SourceMap.KeyOf(path), property.NameSpan);
            inputs.Add(ReadInput(property.Value, property.Name, path) ?? SectionSpec.Unreadable);
        }

        return EquatableArray<SectionSpec>.Of(inputs);
    }

    /// <summary>Its sizes, or an object with them and the type.</summary>
    private SectionSpec? ReadInput(JsonNode node, string name, string path)
    {
        if (node.Kind == JsonKind.Object)
        {
            _map.Add(path, node.Span);
            return new SectionSpec(name, ReadSettings(node.Properties, path));
        }

        var value = ReadValue(node, path);
        return value.Kind == SpecValueKind.Unreadable ? null : SectionSpec.Of(name, new SettingSpec(ModelSpec.InputShape, value));
    }

    private string? ReadIdentifier(Dictionary<string, JsonProperty> fields, string key, string fallback, bool dotted)
    {
        var given = fields.TryGetValue(key, out var property);
        if (given)
            _map.Add(key, property!.Value.Span);
        // A name that can't be read is most likely the one that the file would have without it.
        if (given && property!.Value.Kind == JsonKind.Missing)
            return property.Value.Text.Length > 0 && IsName(property.Value.Text) ? property.Value.Text : IsName(fallback) ? fallback : null;
        if (given && property!.Value.Kind != JsonKind.Text)
        {
            Refuse(property.Value, key, key, "the spec", "a text");
            return null;
        }

        var name = given ? property!.Value.Text : fallback;
        if (ClassName.Objection(name, dotted) is not { } objection)
            return name;
        if (given)
            Report(Rules.InvalidName, key, property!.Value.Span, SpecValue.Shorten(name), objection);
        else
            _findings.Add(Finding.Of(Rules.InvalidName, "", SpecValue.Shorten(name), $"{objection}; {Remedy(dotted)}"));
        return null;

        bool IsName(string likely) => ClassName.Objection(likely, dotted) is null;
    }

    private static string Remedy(bool dotted) =>
        dotted ? "set \"namespace\" in the spec, or RootNamespace in the project" : "set \"name\" in the spec";
}
