using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Tool.Writing;

/// <summary>Settings as a person writes them: in the order of the catalogue, and the name last. A spec itself keeps them by name.</summary>
internal static class SettingOrder
{
    /// <summary>The settings of a section, in the order of its parameters; others follow by name.</summary>
    public static IEnumerable<SettingSpec> Of(SectionSpec section, IReadOnlyList<Parameter> parameters)
    {
        var order = parameters.Select(parameter => parameter.Name).ToList();
        return section.Settings.OrderBy(setting => setting.Name == CatalogueEntry.LayerName.Name ? 2 : order.Contains(setting.Name) ? 0 : 1)
            .ThenBy(setting => order.IndexOf(setting.Name)).ThenBy(setting => setting.Name, StringComparer.Ordinal);
    }
}
