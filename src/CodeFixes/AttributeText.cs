using System;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.CodeFixes;

/// <summary>A layer or a setting of a spec as an attribute has it.</summary>
internal static class AttributeText
{
    public static string Of(SectionSpec layer)
    {
        var kind = LayerCatalogue.Find(layer.Keyword)!;
        var positional = kind.Parameters.Where(parameter => parameter.IsPositional).Select(parameter => parameter.Name).ToArray();
        var arguments = layer.Settings.Where(setting => positional.Contains(setting.Name)).OrderBy(setting => Array.IndexOf(positional, setting.Name))
            .Select(setting => CSharpLiteral.Of(setting.Value))
            .Concat(layer.Settings.Where(setting => !positional.Contains(setting.Name)).Select(setting => Assignment(setting.Name, setting.Value)))
            .ToArray();
        return arguments.Length == 0 ? kind.AttributeName : $"{kind.AttributeName}({string.Join(", ", arguments)})";
    }

    /// <summary>An attribute's property has one type, so a size of two numbers has a name of its own.</summary>
    public static string Assignment(string name, SpecValue value)
    {
        var property = SpecNames.ToPascalCase(name);
        return $"{(value.Kind == SpecValueKind.List ? SpecNames.Plural(property) : property)} = {CSharpLiteral.Of(value)}";
    }
}
