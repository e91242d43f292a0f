namespace ModelGen;

/// <summary>How a network is compiled: <c>[Compile(Optimize = false)]</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CompileAttribute : Attribute
{
    /// <summary>
    /// Whether the forward pass may be arranged so that it runs faster: it computes the same, up to the rounding of float32. Without it every layer
    /// is called as the spec has it. Default: true.
    /// </summary>
    public bool Optimize { get; set; } = true;
}
