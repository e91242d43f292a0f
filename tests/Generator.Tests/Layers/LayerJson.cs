using System.Text.Json;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Tests.Layers;

/// <summary>A layer as a <c>.model.json</c> file has it.</summary>
internal static class LayerJson
{
    /// <summary>The shortest way to write the layer: its required parameters with the values of examples.</summary>
    public static string Example(CatalogueEntry entry) =>
        Of(SectionSpec.Of(entry.Keyword, [.. entry.Parameters.Where(parameter => parameter.IsRequired).Select(parameter => new SettingSpec(parameter.Name, parameter.Example))]));

    public static string Of(SectionSpec layer)
    {
        if (layer.Settings.Count == 0)
            return Quoted(layer.Keyword);
        var main = LayerCatalogue.Find(layer.Keyword)!.Parameters.FirstOrDefault(parameter => parameter.IsPositional)?.Name;
        var settings = layer.Settings.OrderBy(setting => setting.Name != main).Select(setting => $"{Quoted(setting.Name == main ? layer.Keyword : setting.Name)}: {Of(setting.Value)}");
        return $"{{ {string.Join(", ", settings)} }}";
    }

    public static string Of(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Text => Quoted(value.Text),
        SpecValueKind.List => $"[{string.Join(", ", value.Items.Select(Of))}]",
        SpecValueKind.Layers => $"[{string.Join(", ", value.Layers.Select(Of))}]",
        _ => value.ToString(),
    };

    private static string Quoted(string text) => JsonSerializer.Serialize(text);
}
