using System.Globalization;
using System.Text;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Tests.Layers;

/// <summary>The page docs/layers.md, derived from the catalogue: one section per layer.</summary>
internal static class LayersPage
{
    public static string Text()
    {
        var page = new StringBuilder("""
            # Layers

            <!-- Derived from src/Generator/Layers by a test; change it there and run the tests with MODELGEN_UPDATE=1. -->

            Every layer that a spec can have, as an attribute and in a `.model.json` file. Sizes that follow from the input, such as the number of input
            channels, are never written. N is the batch. In JSON the keyword holds the first parameter: `{ "conv2d": 16, "kernel_size": 3 }` has 16 output
            channels. A size takes one number for both directions, or height and width: `"stride": [2, 1]` in JSON; in attributes `[5, 3]` by position, or
            the plural `Strides = [2, 1]`.

            Every layer also takes a name (`"name": "stem"`, `Name = "stem"`): its key in the state_dict and, in PascalCase, its property. Without one it is
            called by its kind with a number among its like, as the sections say.


            """.Replace("\r\n", "\n"));
        return page.AppendJoin('\n', LayerCatalogue.All.Select(Section)).ToString();
    }

    private static string Section(CatalogueEntry kind)
    {
        var section = new StringBuilder();
        section.Append(CultureInfo.InvariantCulture, $"## {kind.AttributeName}\n\n{kind.Doc}.\n\n");
        section.Append(CultureInfo.InvariantCulture, $"{(kind.HasAttribute ? $"`[{Attribute(kind)}]` or " : "In a `.model.json` file: ")}`{LayerJson.Example(kind)}`; called `{kind.Stem}1`, `{kind.Stem}2`, …\n");
        if (kind.Parameters.Count == 0)
            return section.ToString();
        section.Append("\n| JSON | C# | takes | default | meaning |\n|---|---|---|---|---|\n");
        foreach (var parameter in kind.Parameters)
            section.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {CSharp(parameter)} | {parameter.Expected} | {parameter.Fallback ?? "required"} | {parameter.Doc} |\n");
        return section.ToString();
    }

    private static string CSharp(Parameter parameter)
    {
        var property = SpecNames.ToPascalCase(parameter.Name);
        if (parameter.IsPositional)
            return $"`{SpecNames.ToCamelCase(parameter.Name)}`, by position";
        return parameter.Type == ParameterType.Size ? $"`{property}`, `{SpecNames.Plural(property)}`" : $"`{property}`";
    }

    private static string Attribute(CatalogueEntry kind)
    {
        var required = kind.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => global::ModelGen.Emit.CSharpLiteral.Of(parameter.Example).Trim('[', ']')).ToArray();
        return kind.AttributeName + (required.Length == 0 ? "" : $"({string.Join(", ", required)})");
    }
}
