using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.Layers;

/// <summary>
/// The JSON schema (draft-07, which editors know best) of a <c>.model.json</c> file, derived from the catalogue: words, types, ranges
/// and defaults. Shapes are the build's to check.
/// </summary>
internal static class SpecSchema
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text { get; } = Root().ToJsonString(Indented) + "\n";

    private static JsonObject Root()
    {
        var root = Object("A neural network that ModelGen compiles. Names are PyTorch's; // comments and trailing commas are allowed.", ["layers"]);
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", "ModelGen network");
        // Words of editors' own, as VS Code knows them: in a file that ends with .json it would else refuse what the reader takes.
        root.Insert(2, "allowComments", true);
        root.Insert(3, "allowTrailingCommas", true);
        var properties = (JsonObject)root["properties"]!;
        properties["$schema"] = Described("The path of this schema, for editors", new() { ["type"] = "string" });
        properties["name"] = Described("The class. Default: the file's name without .model.json", new() { ["type"] = "string", ["pattern"] = $"^{Identifier}$" });
        properties["namespace"] = Described("The class's namespace. Default: the project's RootNamespace", new() { ["type"] = "string", ["pattern"] = $"^({Identifier}(\\.{Identifier})*)?$" });
        properties["input"] = Reference("input");
        properties["inputs"] = Described("Several inputs by their names, in the order of forward", new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = LayerName },
            ["additionalProperties"] = Reference("input"),
            ["minProperties"] = 1,
            ["maxProperties"] = NetworkInputs.Most,
        });
        root["oneOf"] = new JsonArray([.. new[] { "input", "inputs" }.Select(key => new JsonObject { ["required"] = new JsonArray(key) })]);
        properties["blocks"] = Described("Parts of the network that layers use by their names", new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = BlockName },
            ["additionalProperties"] = Reference("block"),
        });
        properties["layers"] = SomeLayers();
        properties["outputs"] = Described("The layers whose outputs the network gives, by their names; without it the last one's", Texts(areDifferent: true));
        properties["training"] = Training();
        properties["budget"] = Section("The most that the network may cost; one that costs more does not build", Budget.Settings);
        properties["compile"] = Section("How the network is compiled", CompilationPlan.Settings);
        var data = Object("What the network learns from; where it is, is an option of the run", []);
        data["minProperties"] = 1;
        data["maxProperties"] = 1;
        foreach (var source in DataSources.All)
        {
            var section = Section(source.Doc, source.Parameters);
            section["dependencies"] = new JsonObject { ["mean"] = new JsonArray("std"), ["std"] = new JsonArray("mean") };
            data["properties"]![source.Keyword] = section;
        }

        properties["data"] = data;
        root["definitions"] = new JsonObject
        {
            ["input"] = Input(),
            ["block"] = SpecBlockSchema.Block(),
            ["layers"] = Described("Layers, in the order in which data flows", new()
            {
                ["type"] = "array",
                ["maxItems"] = ModelChecker.MaxLayers,
                ["items"] = new JsonObject { ["anyOf"] = new JsonArray([Words(), .. LayerCatalogue.All.Select(Layer), SpecBlockSchema.Word(), SpecBlockSchema.Use()]) },
            }),
            ["expression"] = Described("In a block, an expression of its parameters: 4 * channels", new() { ["type"] = "string" }),
        };
        return root;
    }

    private static JsonObject Input()
    {
        var sizes = new JsonObject { ["type"] = "array", ["items"] = Whole(Interval.Whole(1)), ["minItems"] = 1, ["maxItems"] = 8 };
        var whole = Section("Its sizes, and the kind of its numbers", NetworkInputs.Settings);
        whole["properties"]![NetworkInputs.Shape.Name] = Described(NetworkInputs.Shape.Doc, (JsonObject)sizes.DeepClone());
        return Described("The sizes of one sample without the batch: [3, 28, 28] for [N, 3, 28, 28]", new() { ["anyOf"] = new JsonArray(sizes, whole) });
    }

    // Letters beyond ASCII are taken as they come: an editor's patterns have no word for a letter of any script.
    private const string Beyond = "\\u0080-\\uffff";

    /// <summary>The name of a class.</summary>
    private const string Identifier = $"[A-Za-z_{Beyond}][A-Za-z0-9_{Beyond}]*";

    /// <summary>What the first letter of a block's name is one of: it tells a block from a layer.</summary>
    public const string Capital = $"A-Z{Beyond}";

    public const string BlockName = $"^[{Capital}][A-Za-z0-9_{Beyond}]*$";

    /// <summary>The name of a layer, an input or a parameter.</summary>
    public const string LayerName = $"^{Word}$";

    public const string Word = "[A-Za-z][A-Za-z0-9_]{0,99}";

    public static JsonObject Reference(string definition) => new() { ["$ref"] = "#/definitions/" + definition };

    private static JsonObject Texts(bool areDifferent = false)
    {
        var list = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["minItems"] = 1 };
        if (areDifferent)
            list["uniqueItems"] = true;
        return new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, list) };
    }

    /// <summary>The layers that a word alone declares.</summary>
    private static JsonObject Words() => new()
    {
        ["enum"] = new JsonArray([.. LayerCatalogue.All.Where(kind => !kind.Parameters.Any(parameter => parameter.IsRequired)).Select(kind => JsonValue.Create(kind.Keyword))]),
    };

    private static JsonObject Layer(CatalogueEntry kind)
    {
        // The keyword's own value is the first parameter by position; {} says nothing.
        var main = kind.Parameters.FirstOrDefault(parameter => parameter.IsPositional);
        var others = kind.Parameters.Where(parameter => parameter != main).ToArray();
        var layer = Object(kind.Doc, [kind.Keyword, .. others.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)]);
        var nothing = new JsonObject { ["type"] = "object", ["maxProperties"] = 0 };
        layer["properties"]![kind.Keyword] = main switch
        {
            null => nothing,
            { IsRequired: true } => Value(main, isExpressible: true),
            _ => new JsonObject { ["anyOf"] = new JsonArray(Value(main, isExpressible: true), nothing) },
        };
        foreach (var parameter in others)
            layer["properties"]![parameter.Name] = Value(parameter, isExpressible: true);
        layer["properties"]![CatalogueEntry.From.Name] = Described(CatalogueEntry.From.Doc, new() { ["type"] = "string" });
        layer["properties"]![CatalogueEntry.When.Name] = Described(CatalogueEntry.When.Doc, new() { ["type"] = new JsonArray("boolean", "string") });
        layer["properties"]!["name"] = Described(CatalogueEntry.LayerName.Doc, new() { ["type"] = "string", ["pattern"] = LayerName });
        return layer;
    }

    private static JsonObject Section(string doc, IReadOnlyList<Parameter> parameters)
    {
        var section = Object(doc, [.. parameters.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)]);
        foreach (var parameter in parameters)
            section["properties"]![parameter.Name] = Value(parameter);
        return section;
    }

    /// <summary>Each name once: what a kind does not take is the build's to refuse, and a default that differs between kinds is in the docs.</summary>
    private static JsonObject Training()
    {
        var section = Object("How the network is trained; the options of a run can change the numbers", [.. TrainingParameters.Common.Where(parameter => parameter.IsRequired).Select(parameter => parameter.Name)]);
        foreach (var setting in TrainingSetting.All)
        {
            var value = Value(setting.Parameter);
            if (setting.Default is null)
                value.Remove("default");
            section["properties"]![setting.Parameter.Name] = value;
        }

        section["allOf"] = new JsonArray([.. TrainingParameters.Choices.SelectMany(choice => choice.Kinds.Select(kind => (choice.Choice, Kind: kind)))
            .Where(chosen => chosen.Kind.Parameters.Any(parameter => parameter.IsRequired)).Select(chosen => Needs(chosen.Choice, chosen.Kind))]);
        return section;
    }

    /// <summary>What must be given where a kind is chosen.</summary>
    private static JsonObject Needs(Parameter choice, TrainingKind kind) => new()
    {
        ["if"] = new JsonObject { ["properties"] = new JsonObject { [choice.Name] = new JsonObject { ["enum"] = new JsonArray(kind.Keyword) } }, ["required"] = new JsonArray(choice.Name) },
        ["then"] = new JsonObject { ["required"] = new JsonArray([.. kind.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => JsonValue.Create(parameter.Name))]) },
    };

    public static JsonObject Value(Parameter parameter, bool isExpressible = false)
    {
        var schema = parameter.Type switch
        {
            ParameterType.Integer => Whole(parameter.Range!),
            ParameterType.Real => Number(parameter.Range!),
            ParameterType.Flag => new() { ["type"] = "boolean" },
            ParameterType.Integers => new()
            {
                ["anyOf"] = new JsonArray(
                    Whole(parameter.Range!),
                    new JsonObject { ["type"] = "array", ["items"] = isExpressible ? Expressible(Whole(parameter.Range!)) : Whole(parameter.Range!), ["minItems"] = 1, ["maxItems"] = 8 }),
            },
            ParameterType.Outputs => Texts(),
            ParameterType.Layers when parameter.Choices.Length == 0 => SomeLayers(),
            ParameterType.Layers => new() { ["anyOf"] = new JsonArray(SomeLayers(), new JsonObject { ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) }) },
            ParameterType.Branches => new() { ["type"] = "array", ["items"] = Reference("layers"), ["minItems"] = 2 },
            ParameterType.Values => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = new JsonArray("number", "boolean", "string") } },
            ParameterType.Choice => new() { ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) },
            ParameterType.Size => Size((SizeParameter)parameter),
            ParameterType.Texts => new() { ["type"] = "array", ["items"] = Line(parameter.Range!), ["minItems"] = 1, ["uniqueItems"] = true },
            ParameterType.TypeName => new() { ["type"] = "string", ["pattern"] = $"^{Word}(\\.{Word})*$", ["maxLength"] = 500 },
            ParameterType.Text when parameter is SignParameter => new() { ["type"] = "string", ["pattern"] = "^[\\t -~]$", ["not"] = new JsonObject { ["pattern"] = "[0-9A-Za-z\"#.+\\-_']" } },
            ParameterType.Reals => new() { ["type"] = "array", ["items"] = Number(parameter.Range!), ["minItems"] = 1 },
            _ => new() { ["type"] = "string" },
        };
        if (parameter.TakesExpressions && isExpressible)
            schema = Expressible(schema);
        if (parameter.Fallback is { } fallback && TryParse(fallback) is { } value)
            schema["default"] = value;
        return Described($"{parameter.Doc}: {parameter.Expected}", schema);
    }

    private static JsonObject Size(SizeParameter size)
    {
        var forms = new JsonArray(Whole(size.Range!));
        if (size.Directions > 1)
        {
            forms.Add(new JsonObject { ["type"] = "array", ["items"] = Expressible(Whole(size.Range!)), ["minItems"] = size.Directions, ["maxItems"] = size.Directions });
        }

        if (size.Choices.Length > 0)
            forms.Add(new JsonObject { ["enum"] = new JsonArray([.. size.Choices.Select(choice => JsonValue.Create(choice))]) });
        return new JsonObject { ["anyOf"] = forms };
    }

    private static JsonObject Expressible(JsonObject value) => new() { ["anyOf"] = new JsonArray(value, Reference("expression")) };

    /// <summary>One layer or more; a branch alone may be empty. A $ref stands alone in this draft.</summary>
    public static JsonObject SomeLayers() => new() { ["allOf"] = new JsonArray(Reference("layers")), ["minItems"] = 1 };

    private static JsonObject Number(Interval range)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (range.HasMin)
            schema[range.IsOpen ? "exclusiveMinimum" : "minimum"] = range.Min;
        if (range.HasMax)
            schema[range.IsOpen || range.IsBelowMax ? "exclusiveMaximum" : "maximum"] = range.Max;
        return schema;
    }

    private static JsonObject Line(Interval lengths) =>
        new() { ["type"] = "string", ["minLength"] = (long)lengths.Min, ["maxLength"] = (long)lengths.Max };

    private static JsonObject Whole(Interval range) => new() { ["type"] = "integer", ["minimum"] = (long)range.Min, ["maximum"] = (long)range.Max };

    public static JsonObject Object(string doc, string[] required)
    {
        var schema = new JsonObject { ["description"] = doc, ["type"] = "object", ["properties"] = new JsonObject(), ["additionalProperties"] = false };
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    public static JsonObject Described(string doc, JsonObject schema)
    {
        schema.Insert(0, "description", doc);
        return schema;
    }

    // A default in words, such as "kernel_size", is no value.
    private static JsonValue? TryParse(string fallback) => fallback switch
    {
        "true" or "false" => JsonValue.Create(fallback == "true"),
        _ when long.TryParse(fallback, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(fallback, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => null,
    };
}
