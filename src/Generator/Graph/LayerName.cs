using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// A layer's name in its three forms: as the spec and the state_dict have it (<c>log_softmax1</c>), as the property
/// (<c>LogSoftmax1</c>) and as the local variable that holds its output (<c>logSoftmax1</c>).
/// </summary>
internal readonly record struct LayerName(string Key, string Member, string Local)
{
    public static LayerName Of(string key) => new(key, SpecNames.ToPascalCase(key), SpecNames.ToCamelCase(key));
}
