namespace ModelGen.Tests.Layers;

/// <summary>Layers of one kind, in a test class of their own: each sets every parameter of its layers to something else than its default.</summary>
internal interface ILayerFamily
{
    /// <summary>Networks in both spec forms: the input's sizes (or indices, see <see cref="LayerInput"/>), attributes, and the items of a list of layers.</summary>
    public static abstract IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; }

    /// <summary>The networks of all families, found in this assembly.</summary>
    public static IReadOnlyList<(string Input, string Attributes, string Json)> All { get; } = [.. typeof(ILayerFamily).Assembly.GetTypes()
        .Where(type => type.IsClass && type.IsAssignableTo(typeof(ILayerFamily)))
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .SelectMany(type => (IReadOnlyList<(string, string, string)>)type.GetProperty(nameof(Networks))!.GetValue(null)!)];
}
