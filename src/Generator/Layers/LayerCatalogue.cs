using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Layers;

/// <summary>All layers, found in this assembly once per process: adding a layer is adding its file.</summary>
internal static class LayerCatalogue
{
    public static IReadOnlyList<LayerKind> All { get; } = typeof(LayerCatalogue).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(LayerKind).IsAssignableFrom(type))
        .Select(type => (LayerKind)Activator.CreateInstance(type))
        .OrderBy(kind => kind.Keyword, StringComparer.Ordinal)
        .ToArray();

    private static readonly Dictionary<string, LayerKind> ByKeyword = All.ToDictionary(kind => kind.Keyword, StringComparer.Ordinal);

    private static readonly Dictionary<string, LayerKind> ByAttribute = All.ToDictionary(kind => kind.AttributeName + "Attribute", StringComparer.Ordinal);

    public static LayerKind? Find(string keyword) => ByKeyword.TryGetValue(keyword, out var kind) ? kind : null;

    /// <summary>The layer whose attribute class is called <paramref name="className"/>, with the suffix.</summary>
    public static LayerKind? FindAttribute(string className) => ByAttribute.TryGetValue(className, out var kind) ? kind : null;
}
