using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Emit;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.CodeFixes;

/// <summary>A layer, a setting or a value of a spec as an attribute has it.</summary>
internal static class AttributeText
{
    public static string Of(SectionSpec layer)
    {
        var kind = LayerCatalogue.Find(layer.Keyword)!;
        var positional = kind.Parameters.Where(parameter => parameter.IsPositional).Select(parameter => parameter.Name).ToArray();
        var arguments = layer.Settings.Select(setting => positional.Contains(setting.Name) ? Of(setting.Value) : Assignment(setting.Name, setting.Value)).ToArray();
        return arguments.Length == 0 ? kind.AttributeName : $"{kind.AttributeName}({string.Join(", ", arguments)})";
    }

    /// <summary>An attribute's property has one type, so a size of two numbers has a name of its own.</summary>
    public static string Assignment(string name, SpecValue value)
    {
        var property = SpecNames.ToPascalCase(name);
        return $"{(value.Kind == SpecValueKind.List ? SpecNames.Plural(property) : property)} = {Of(value)}";
    }

    public static string Of(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Integer => CSharpLiteral.Of(value.Integer),
        SpecValueKind.Real => CSharpLiteral.Of(value.Real),
        SpecValueKind.Flag => value.Flag ? "true" : "false",
        SpecValueKind.List => $"[{string.Join(", ", value.Items.Select(Of))}]",
        _ => SymbolDisplay.FormatLiteral(value.Text, quote: true),
    };
}
