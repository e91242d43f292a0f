namespace ModelGen;

/// <summary>The layers whose outputs the network gives, by their names. Without it the last layer's is the only one. Several come as a record with a tensor for each.</summary>
/// <param name="names">The names of layers, all different.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OutputsAttribute(params string[] names) : Attribute
{
    /// <summary>The names of the layers.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
