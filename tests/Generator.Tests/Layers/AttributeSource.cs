using System.Globalization;
using System.Text;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Tests.Layers;

/// <summary>The C# of a layer's attribute class, derived from its file in the catalogue.</summary>
internal static class AttributeSource
{
    public static string Of(LayerKind kind)
    {
        var positional = kind.Parameters.Where(parameter => parameter.IsPositional).ToArray();
        var text = new StringBuilder();
        text.Append($$"""
            // Derived from src/Generator/Layers/{{kind.GetType().Name}}.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
            namespace ModelGen;

            /// <summary>{{Xml(kind.Doc)}}.</summary>
            public sealed class {{kind.AttributeName}}Attribute : LayerAttribute

            """.Replace("\r\n", "\n"));
        var members = new List<string>();
        if (positional.Length > 0)
            members.AddRange(Constructors(kind, positional));
        foreach (var parameter in kind.Parameters)
            members.AddRange(Properties(parameter));
        if (members.Count == 0)
            return text.ToString().TrimEnd('\n') + ";\n";
        return text.Append("{\n").Append(string.Join("\n", members)).Append("}\n").ToString();
    }

    private static IEnumerable<string> Constructors(LayerKind kind, Parameter[] positional)
    {
        var sizes = positional.OfType<SizeParameter>().Where(parameter => parameter.Directions > 1).ToArray();
        yield return Constructor(kind, positional, asPair: false);
        if (sizes.Length > 0)
            yield return Constructor(kind, positional, asPair: true);
    }

    private static string Constructor(LayerKind kind, Parameter[] positional, bool asPair)
    {
        var text = new StringBuilder();
        text.Append("    /// <summary>Declares the layer.</summary>\n");
        foreach (var parameter in positional)
            text.Append(CultureInfo.InvariantCulture, $"    /// <param name=\"{SpecNames.ToCamelCase(parameter.Name)}\">{Doc(parameter, asPair && parameter.Type == ParameterType.Size)}</param>\n");
        var list = positional.Select(parameter => $"{(parameter.Type is ParameterType.Outputs or ParameterType.Integers ? "params " : "")}{TypeOf(parameter, asPair)} {SpecNames.ToCamelCase(parameter.Name)}{(parameter.IsRequired || parameter.Type is ParameterType.Outputs or ParameterType.Integers ? "" : " = " + Default(parameter))}");
        text.Append(CultureInfo.InvariantCulture, $"    public {kind.AttributeName}Attribute({string.Join(", ", list)})\n    {{\n");
        foreach (var parameter in positional)
        {
            var name = SpecNames.ToCamelCase(parameter.Name);
            var value = parameter is SizeParameter size && !asPair ? $"[{string.Join(", ", Enumerable.Repeat(name, size.Directions))}]" : name;
            text.Append(CultureInfo.InvariantCulture, $"        {SpecNames.ToPascalCase(parameter.Name)} = {value};\n");
        }

        return text.Append("    }\n").ToString();
    }

    private static IEnumerable<string> Properties(Parameter parameter)
    {
        var name = SpecNames.ToPascalCase(parameter.Name);
        if (parameter.IsPositional)
        {
            var type = parameter.Type switch
            {
                ParameterType.Size or ParameterType.Integers => "IReadOnlyList<int>",
                ParameterType.Outputs => "IReadOnlyList<string>",
                _ => TypeOf(parameter, asPair: false),
            };
            yield return $"    /// <summary>{Doc(parameter, parameter.Type == ParameterType.Size)}</summary>\n    public {type} {name} {{ get; }}\n";
            yield break;
        }

        var initial = parameter.Type is ParameterType.Flag && parameter.Fallback == "false" || parameter.Fallback is "0" or "0.0" ? "" : $" = {Default(parameter)};";
        if (parameter.Type == ParameterType.Outputs)
            initial = " = [];";
        if (parameter.Type is ParameterType.Size or ParameterType.Integer && !int.TryParse(parameter.Fallback, out _))
            initial = "";
        yield return $"    /// <summary>{Doc(parameter, asPair: false)}</summary>\n    public {TypeOf(parameter, asPair: false)} {name} {{ get; set; }}{initial}\n";
        if (parameter is SizeParameter { Directions: > 1 } size)
            yield return $"    /// <summary>The same as <see cref=\"{name}\"/> where the directions differ: {Directions(size)}.</summary>\n    public int[] {SpecNames.Plural(name)} {{ get; set; }} = [];\n";
        if (parameter is SizeParameter { Choices.Length: > 0 })
            yield return $"    /// <summary>Whether it is as large as keeps the input's size: '{parameter.Choices[0]}' in JSON.</summary>\n    public bool {name}{SpecNames.ToPascalCase(parameter.Choices[0])} {{ get; set; }}\n";
    }

    private static string Directions(SizeParameter size) => size.Directions == 2 ? "[height, width]" : "[depth, height, width]";

    private static string Doc(Parameter parameter, bool asPair)
    {
        var takes = parameter.Type == ParameterType.Size
            ? asPair ? $"{(parameter is SizeParameter { Directions: 3 } ? "three" : "two")} whole numbers, {Directions((SizeParameter)parameter)}" : parameter.Expected.Split(',')[0]
            : parameter.Expected;
        return Xml($"{parameter.Doc}: {takes}.{(parameter.IsRequired ? "" : $" Default: {parameter.Fallback}.")}");
    }

    private static string TypeOf(Parameter parameter, bool asPair) => parameter.Type switch
    {
        ParameterType.Integer => "int",
        ParameterType.Real => "double",
        ParameterType.Flag => "bool",
        ParameterType.Size => asPair && parameter is SizeParameter { Directions: > 1 } ? "int[]" : "int",
        ParameterType.Choice => "string",
        ParameterType.Outputs => "string[]",
        ParameterType.Integers => "int[]",
        _ => throw new NotSupportedException(parameter.Type.ToString()),
    };

    private static string Default(Parameter parameter) => parameter.Type == ParameterType.Choice ? $"\"{parameter.Fallback}\"" : parameter.Fallback!;

    private static string Xml(string text) => ModelGen.Emit.XmlDoc.Escape(text);
}
