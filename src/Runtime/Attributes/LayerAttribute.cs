namespace ModelGen;

/// <summary>A layer of a network. What it takes and gives is in the documentation of each layer.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class LayerAttribute : Attribute
{
    // A layer is more than its attribute: one that the catalogue does not know would do nothing.
    private protected LayerAttribute()
    {
    }

    /// <summary>
    /// The layer's name in the state_dict, a letter and then letters, digits or underscores; its property has the same name in
    /// PascalCase. Default: the kind's short name with a number, such as conv1.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The name of an earlier layer whose output this one receives, or <c>input</c>. Default: the layer before it.</summary>
    public string? From { get; set; }
}
