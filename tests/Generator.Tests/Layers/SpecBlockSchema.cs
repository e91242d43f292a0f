using System.Text.Json.Nodes;
using ModelGen.Graph;

namespace ModelGen.Tests.Layers;

/// <summary>The parts of the schema about blocks: how one is declared, and how a layer uses it.</summary>
internal static class SpecBlockSchema
{
    public static JsonObject Block()
    {
        var name = new JsonObject { ["type"] = "string", ["pattern"] = SpecSchema.LayerName };
        var block = SpecSchema.Object("A part of a network, as a class of its own", ["layers"]);
        var properties = (JsonObject)block["properties"]!;
        properties["parameters"] = SpecSchema.Described("What a use can set: names, and objects of a name with its default", new()
        {
            ["type"] = "array",
            ["items"] = new JsonObject { ["anyOf"] = new JsonArray(name.DeepClone(), new JsonObject { ["type"] = "object", ["minProperties"] = 1, ["maxProperties"] = 1, ["propertyNames"] = name.DeepClone(), ["additionalProperties"] = Argument() }) },
        });
        properties["inputs"] = SpecSchema.Described("The names of its inputs; without it one, called input", new() { ["type"] = "array", ["items"] = name, ["minItems"] = 1, ["uniqueItems"] = true });
        properties["numbered"] = SpecSchema.Described("Whether its layers' keys in the state_dict are 0, 1, 2, …, as PyTorch's Sequential has them", new() { ["type"] = "boolean" });
        properties["layers"] = SpecSchema.Reference("layers");
        return block;
    }

    /// <summary>A block whose parameters all have defaults.</summary>
    public static JsonObject Word() => new() { ["type"] = "string", ["pattern"] = SpecSchema.BlockName };

    /// <summary>A block with its first parameter's value, others, and how often it stands there.</summary>
    public static JsonObject Use()
    {
        var use = SpecSchema.Object("A use of a block", []);
        foreach (var parameter in BlockUse.Common)
            use["properties"]![parameter.Name] = parameter.Name == "first" ? First() : SpecSchema.Value(parameter, isExpressible: true);
        use["properties"]!["name"]!["pattern"] = SpecSchema.LayerName;
        use["properties"]!["names"]!["pattern"] = $"^({SpecSchema.Word})?\\{{[0-9]+\\}}$";
        // One of its names is a block's, and stands for its first parameter; {} says nothing.
        var main = new JsonObject { ["anyOf"] = new JsonArray(Argument(), new JsonObject { ["type"] = "object", ["maxProperties"] = 0 }) };
        use["patternProperties"] = new JsonObject { [$"^[{SpecSchema.Capital}]"] = main };
        use["additionalProperties"] = Argument();
        use["not"] = new JsonObject { ["propertyNames"] = new JsonObject { ["pattern"] = $"^[^{SpecSchema.Capital}]" } };
        return use;
    }

    private static JsonObject First() =>
        SpecSchema.Described("Settings of the first of the repeated blocks, where they differ", new()
        {
            ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "object", ["additionalProperties"] = Argument() }, new JsonObject { ["enum"] = new JsonArray("none") }),
        });

    /// <summary>A number, a flag, a list of numbers, or an expression.</summary>
    private static JsonObject Argument() => new() { ["type"] = new JsonArray("number", "boolean", "string", "array") };
}
