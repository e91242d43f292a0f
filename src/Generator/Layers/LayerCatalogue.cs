using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Layers;

/// <summary>All layers and structures, found in this assembly once per process: adding a layer is adding its file.</summary>
internal static class LayerCatalogue
{
    public static IReadOnlyList<CatalogueEntry> All { get; } = typeof(LayerCatalogue).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(CatalogueEntry).IsAssignableFrom(type))
        .Select(type => (CatalogueEntry)Activator.CreateInstance(type))
        .OrderBy(entry => entry.Keyword, StringComparer.Ordinal)
        .ToArray();

    /// <summary>The layers alone.</summary>
    public static IReadOnlyList<LayerKind> Layers { get; } = [.. All.OfType<LayerKind>()];

    private static readonly Dictionary<string, CatalogueEntry> ByKeyword = All.ToDictionary(entry => entry.Keyword, StringComparer.Ordinal);

    private static readonly Dictionary<string, LayerKind> ByAttribute = Layers.ToDictionary(kind => kind.AttributeName + "Attribute", StringComparer.Ordinal);

    public static CatalogueEntry? Find(string keyword) => ByKeyword.TryGetValue(keyword, out var entry) ? entry : null;

    /// <summary>The layer whose attribute class is called <paramref name="className"/>, with the suffix.</summary>
    public static LayerKind? FindAttribute(string className) => ByAttribute.TryGetValue(className, out var kind) ? kind : null;
}
