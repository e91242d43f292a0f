using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelGen.Graph;
using ModelGen.Layers;
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
        var root = Object("A neural network that ModelGen compiles. Names are PyTorch's; // comments and trailing commas are allowed.", ["input", "layers"]);
        root.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        root.Insert(1, "title", "ModelGen network");
        var properties = (JsonObject)root["properties"]!;
        properties["$schema"] = Described("The path of this schema, for editors", new() { ["type"] = "string" });
        properties["name"] = Described("The class. Default: the file's name without .model.json", new() { ["type"] = "string", ["pattern"] = "^[^\\W\\d]\\w*$" });
        properties["namespace"] = Described("The class's namespace. Default: the project's RootNamespace", new() { ["type"] = "string" });
        properties["input"] = Described(
            "The sizes of one sample without the batch: [3, 28, 28] for [N, 3, 28, 28]",
            new() { ["type"] = "array", ["items"] = Whole(Interval.Whole(1)), ["minItems"] = 1, ["maxItems"] = 8 });
        properties["layers"] = Described("The layers, in the order in which data flows", new()
        {
            ["type"] = "array",
            ["minItems"] = 1,
            ["maxItems"] = ModelChecker.MaxLayers,
            ["items"] = new JsonObject { ["anyOf"] = new JsonArray([Words(), .. LayerCatalogue.All.Select(Layer)]) },
        });
        properties["training"] = Section("How the network is trained; the options of a run can change the numbers", TrainingParameters.Training);
        properties["budget"] = Section("The most that the network may cost; one that costs more does not build", Budget.Settings);
        var data = Object("What the network learns from; where it is, is an option of the run", [TrainingParameters.ImageFolderKeyword]);
        data["properties"]![TrainingParameters.ImageFolderKeyword] = Section("A folder with one sub-folder of images per class, or MNIST's IDX files", TrainingParameters.ImageFolder);
        properties["data"] = data;
        return root;
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
            { IsRequired: true } => Value(main),
            _ => new JsonObject { ["anyOf"] = new JsonArray(Value(main), nothing) },
        };
        foreach (var parameter in others)
            layer["properties"]![parameter.Name] = Value(parameter);
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

    private static JsonObject Value(Parameter parameter)
    {
        var schema = parameter.Type switch
        {
            ParameterType.Integer => Whole(parameter.Range!),
            ParameterType.Real => Number(parameter.Range!),
            ParameterType.Flag => new() { ["type"] = "boolean" },
            ParameterType.Choice => new() { ["enum"] = new JsonArray([.. parameter.Choices.Select(choice => JsonValue.Create(choice))]) },
            ParameterType.Size => new()
            {
                ["anyOf"] = new JsonArray(
                    Whole(parameter.Range!),
                    new JsonObject { ["type"] = "array", ["items"] = Whole(parameter.Range!), ["minItems"] = 2, ["maxItems"] = 2 }),
            },
            ParameterType.Texts => new() { ["type"] = "array", ["items"] = Line(parameter.Range!), ["minItems"] = 1, ["uniqueItems"] = true },
            ParameterType.Reals => new() { ["type"] = "array", ["items"] = Number(parameter.Range!), ["minItems"] = 1 },
            _ => new() { ["type"] = "string" },
        };
        if (parameter.Fallback is { } fallback && TryParse(fallback) is { } value)
            schema["default"] = value;
        return Described($"{parameter.Doc}: {parameter.Expected}", schema);
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

    private static JsonObject Object(string doc, string[] required)
    {
        var schema = new JsonObject { ["description"] = doc, ["type"] = "object", ["properties"] = new JsonObject(), ["additionalProperties"] = false };
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        return schema;
    }

    private static JsonObject Described(string doc, JsonObject schema)
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
