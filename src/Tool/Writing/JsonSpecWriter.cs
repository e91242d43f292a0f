using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Tool.Writing;

/// <summary>Writes a spec as a <c>.model.json</c> file, which can say whatever attributes can.</summary>
internal sealed class JsonSpecWriter
{
    private readonly ModelSpec _spec;

    private JsonSpecWriter(ModelSpec spec) => _spec = spec;

    /// <summary>The file's text.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="name">The class's name that the file's own gives.</param>
    /// <param name="rootNamespace">The namespace of a spec that gives none.</param>
    /// <param name="schema">Where the schema is, from the file; null to name none.</param>
    /// <exception cref="ModelGenException">Only attributes can say it: a class that is not public, or stands inside another one.</exception>
    public static string Write(ModelSpec spec, string name, string rootNamespace, string? schema)
    {
        if (spec.Containers.Count > 0)
            throw new ModelGenException($"'{spec.FullName}' stands inside of another type, which a .model.json file can't say: move the class out first.");
        if (spec.Accessibility != "public")
            throw new ModelGenException($"'{spec.FullName}' is {spec.Accessibility}, and the class of a .model.json file is public: make it public first.");
        return new JsonSpecWriter(spec).Root(name, rootNamespace, schema).Document();
    }

    private JsonPart.Record Root(string name, string rootNamespace, string? schema)
    {
        var fields = new List<(string, JsonPart)>();
        if (schema is not null)
            fields.Add(("$schema", Text(schema)));
        if (_spec.Name != name)
            fields.Add(("name", Text(_spec.Name)));
        if (_spec.Namespace != rootNamespace)
            fields.Add(("namespace", Text(_spec.Namespace)));
        fields.Add(_spec.Inputs is [{ Keyword: ModelSpec.OnlyInput } only]
            ? ("input", Input(only))
            : ("inputs", new JsonPart.Record([.. _spec.Inputs.Select(input => (input.Keyword, Input(input)))])));
        if (_spec.Blocks.Count > 0)
            fields.Add(("blocks", new JsonPart.Record([.. _spec.Blocks.Select(block => (block.Name, Block(block)))])));
        fields.Add(("layers", List(_spec.Layers)));
        if (_spec.Outputs is { } outputs)
            fields.Add(("outputs", Value(outputs)));
        if (_spec.Training is { } training)
            fields.Add(("training", Section(training, TrainingParameters.All)));
        if (_spec.Data is { } data)
            fields.Add(("data", new JsonPart.Record([(data.Keyword, Section(data, DataSources.Find(data.Keyword)?.Parameters ?? []))])));
        if (_spec.Budget is { } budget)
            fields.Add(("budget", Section(budget, Budget.Settings)));
        if (_spec.Compile is { } compile)
            fields.Add(("compile", Section(compile, CompilationPlan.Settings)));
        return new JsonPart.Record(fields);
    }

    private JsonPart Input(SectionSpec input) =>
        input.Settings is [{ Name: ModelSpec.InputShape, Value: var sizes }] ? Value(sizes) : Section(input, NetworkInputs.Settings);

    private JsonPart.Record Block(BlockSpec block)
    {
        var fields = new List<(string, JsonPart)>();
        if (block.Parameters.Count > 0)
            fields.Add(("parameters", new JsonPart.Array([.. block.Parameters.Select(ParameterOf)])));
        if (block.Inputs is not [ModelSpec.OnlyInput])
            fields.Add(("inputs", new JsonPart.Array([.. block.Inputs.Select(Text)])));
        if (block.IsNumbered)
            fields.Add(("numbered", Value(SpecValue.Of(true))));
        fields.Add(("layers", List(block.Layers)));
        return new JsonPart.Record(fields);
    }

    /// <summary><c>"channels"</c>, or <c>{ "stride": 1 }</c> with its default.</summary>
    private JsonPart ParameterOf(BlockParameter parameter) =>
        parameter.Default is { } value ? new JsonPart.Record([(parameter.Name, Value(value))]) : Text(parameter.Name);

    private JsonPart.Array List(IEnumerable<SectionSpec> layers) => new([.. layers.Select(Layer)]);

    /// <summary><c>"relu"</c>, or <c>{ "conv2d": 16, "kernel_size": 5 }</c>: the keyword holds the first parameter.</summary>
    private JsonPart Layer(SectionSpec layer)
    {
        if (layer.Settings.Count == 0)
            return Text(layer.Keyword);
        var parameters = ParametersOf(layer.Keyword);
        var main = parameters.FirstOrDefault(parameter => parameter.IsPositional)?.Name;
        var settings = SettingOrder.Of(layer, parameters).ToList();
        var value = settings.Find(setting => setting.Name == main)?.Value;
        return new JsonPart.Record(
        [
            (layer.Keyword, value is null ? new JsonPart.Record([]) : Value(value)),
            .. settings.Where(setting => setting.Name != main).Select(setting => (setting.Name, Setting(setting, layer.Keyword))),
        ]);
    }

    /// <summary>What a layer or a use of a block can set.</summary>
    private IReadOnlyList<Parameter> ParametersOf(string keyword)
    {
        if (_spec.Blocks.FirstOrDefault(block => block.Name == keyword) is not { } block)
            return LayerCatalogue.Find(keyword)?.Settings ?? [];
        var own = block.Parameters.Select((parameter, index) => new AnyParameter(parameter.Name, parameter.Default) { IsPositional = index == 0 });
        // 'with' counts as positional for what it takes, but is never the value behind a block's name.
        return [.. own, .. BlockUse.Common.Where(parameter => !parameter.IsPositional)];
    }

    // The settings of the first of repeated blocks stand there without the block's name.
    private JsonPart Setting(SettingSpec setting, string keyword) =>
        setting is { Name: BlockSpec.First, Value: { Kind: SpecValueKind.Layers, Layers: [var first] } } && first.Keyword == keyword
            ? Section(first, ParametersOf(keyword))
            : Value(setting.Value);

    private JsonPart.Record Section(SectionSpec section, IReadOnlyList<Parameter> parameters) =>
        new([.. SettingOrder.Of(section, parameters).Select(setting => (setting.Name, Value(setting.Value)))]);

    private JsonPart Value(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Layers => List(value.Layers),
        SpecValueKind.Integer => new JsonPart.Atom(value.Integer.ToString(CultureInfo.InvariantCulture)),
        SpecValueKind.Real => new JsonPart.Atom(CSharpLiteral.Of(value.Real)),
        SpecValueKind.Flag => new JsonPart.Atom(value.Flag ? "true" : "false"),
        SpecValueKind.Text => Text(value.Text),
        SpecValueKind.List => new JsonPart.Array([.. value.Items.Select(Value)]),
        _ => throw new ModelGenException($"'{value}' can't be written as JSON."),
    };

    private static JsonPart Text(string text) => new JsonPart.Atom($"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"");
}
