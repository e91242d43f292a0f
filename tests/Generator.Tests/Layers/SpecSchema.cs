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
        var properties = (JsonObject)root["properties"]!;
        properties["$schema"] = Described("The path of this schema, for editors", new() { ["type"] = "string" });
        properties["name"] = Described("The class. Default: the file's name without .model.json", new() { ["type"] = "string", ["pattern"] = "^[^\\W\\d]\\w*$" });
        properties["namespace"] = Described("The class's namespace. Default: the project's RootNamespace", new() { ["type"] = "string" });
        properties["input"] = Reference("input");
        properties["inputs"] = Described("Several inputs by their names, in the order of forward", new() { ["type"] = "object", ["additionalProperties"] = Reference("input") });
        properties["blocks"] = Described("Parts of the network that layers use by their names", new()
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = BlockName },
            ["additionalProperties"] = Reference("block"),
        });
        properties["layers"] = Reference("layers");
        properties["outputs"] = Described("The layers whose outputs the network gives, by their names; without it the last one's", Texts());
        properties["training"] = Training();
        properties["budget"] = Section("The most that the network may cost; one that costs more does not build", Budget.Settings);
        properties["compile"] = Section("How the network is compiled", CompilationPlan.Settings);
        var data = Object("What the network learns from; where it is, is an option of the run", []);
        data["minProperties"] = 1;
        data["maxProperties"] = 1;
        foreach (var source in DataSources.All)
            data["properties"]![source.Keyword] = Section(source.Doc, source.Parameters);
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
        return Described("The sizes of one sample without the batch: [3, 28, 28] for [N, 3, 28, 28]", new() { ["anyOf"] = new JsonArray(sizes, whole) });
    }

    /// <summary>What a block's name is like: it tells a block from a layer.</summary>
    public const string BlockName = "^[A-Z]\\w*$";

    public static JsonObject Reference(string definition) => new() { ["$ref"] = "#/definitions/" + definition };

    private static JsonObject Texts() => new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" }, ["minItems"] = 1 }) };

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
        layer["properties"]!["name"] = Described(CatalogueEntry.LayerName.Doc, new() { ["type"] = "string", ["pattern"] = "^[A-Za-z][A-Za-z0-9_]{0,99}$" });
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

        return section;
    }

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
                    new JsonObject { ["type"] = "array", ["items"] = Whole(parameter.Range!), ["minItems"] = 1, ["maxItems"] = 8 }),
            },
            ParameterType.Outputs => Texts(),
            ParameterType.Layers when parameter.Choices.Length == 0 => Reference("layers"),
            ParameterType.Layers => new() { ["anyOf"] = new JsonArray(Reference("layers"), new JsonObject { ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) }) },
            ParameterType.Branches => new() { ["type"] = "array", ["items"] = Reference("layers"), ["minItems"] = 2 },
            ParameterType.Values => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = new JsonArray("number", "boolean", "string") } },
            ParameterType.Choice => new() { ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) },
            ParameterType.Size => Size((SizeParameter)parameter),
            ParameterType.Texts => new() { ["type"] = "array", ["items"] = Line(parameter.Range!), ["minItems"] = 1, ["uniqueItems"] = true },
            ParameterType.Reals => new() { ["type"] = "array", ["items"] = Number(parameter.Range!), ["minItems"] = 1 },
            _ => new() { ["type"] = "string" },
        };
        // A $ref stands alone in this draft.
        if (schema.ContainsKey("$ref"))
            return new JsonObject { ["description"] = $"{parameter.Doc}: {parameter.Expected}", ["allOf"] = new JsonArray(schema) };
        if (parameter.TakesExpressions && isExpressible)
            schema = new JsonObject { ["anyOf"] = new JsonArray(schema, Reference("expression")) };
        if (parameter.Fallback is { } fallback && TryParse(fallback) is { } value)
            schema["default"] = value;
        return Described($"{parameter.Doc}: {parameter.Expected}", schema);
    }

    private static JsonObject Size(SizeParameter size)
    {
        var forms = new JsonArray(Whole(size.Range!));
        if (size.Directions > 1)
        {
            var one = new JsonObject { ["anyOf"] = new JsonArray(Whole(size.Range!), Reference("expression")) };
            forms.Add(new JsonObject { ["type"] = "array", ["items"] = one, ["minItems"] = size.Directions, ["maxItems"] = size.Directions });
        }

        if (size.Choices.Length > 0)
            forms.Add(new JsonObject { ["enum"] = new JsonArray([.. size.Choices.Select(choice => JsonValue.Create(choice))]) });
        return new JsonObject { ["anyOf"] = forms };
    }

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
