namespace ModelGen;

/// <summary>
/// Declares a block: the layers on the class can be used by networks and other blocks as one, by <see cref="UseAttribute{TBlock}"/> and
/// <see cref="ResidualAttribute{TBlock}"/>. Each network that uses it gets a class of the same name inside of its own. A block with parameters is
/// declared in a <c>.model.json</c> file, in its "blocks": an attribute's values are fixed.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BlockAttribute : Attribute
{
    /// <summary>Declares a block.</summary>
    public BlockAttribute()
    {
    }

    /// <summary>Never compiles: an attribute's values are fixed.</summary>
    /// <param name="parameters">The parameters that were tried.</param>
    [Obsolete("A block with parameters is declared in a .model.json file, in \"blocks\": an attribute's values are fixed (docs/spec.md).", error: true)]
    public BlockAttribute(params string[] parameters) => _ = parameters;

    /// <summary>Whether the keys of its layers in the state_dict are 0, 1, 2, … as PyTorch's Sequential has them.</summary>
    public bool Numbered { get; set; }
}

/// <summary>The layers of a block as one layer.</summary>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class UseAttribute<TBlock> : LayerAttribute
{
    /// <summary>How often the block stands there, each behind the one before; with a name they are a list. At least 1, by default 1.</summary>
    public int Repeat { get; set; } = 1;
}

/// <summary>The layers of a block whose output is added to their input: x + f(x).</summary>
/// <typeparam name="TBlock">A class with <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute<TBlock> : LayerAttribute
{
    /// <summary>
    /// What the input goes through: "identity" nothing; "projection" a convolution of 1x1 and batch norm where the shapes differ; "same_shape" adds
    /// only where the shapes are equal. Default: identity.
    /// </summary>
    public string Shortcut { get; set; } = "identity";
}
