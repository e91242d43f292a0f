namespace ModelGen;

// What attributes can't hold, lists of layers and parameters, is declared in files. Whoever tries it as an attribute is told so by the compiler, at the attribute itself.

/// <summary>Branches are lists of layers beside each other: <c>"branches"</c> in a <c>.model.json</c> file.</summary>
[Obsolete(
    "Branches are lists of layers, which attributes can't hold: declare the network in a .model.json file, with \"branches\": [[…], […]] (docs/spec.md).",
    error: true)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BranchesAttribute : Attribute
{
    /// <summary>Never compiles.</summary>
    /// <param name="anything">Whatever was tried.</param>
    public BranchesAttribute(params object[] anything) => _ = anything;
}

/// <summary>A sequence is a list of layers: a class with <see cref="BlockAttribute"/>, or <c>"sequence"</c> in a <c>.model.json</c> file.</summary>
[Obsolete(
    "A sequence is a list of layers, which an attribute can't hold: put the layers on a class with [Block(Numbered = true)] and write [Use<ThatClass>], or declare the network in a .model.json file (docs/spec.md).",
    error: true)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class SequenceAttribute : Attribute
{
    /// <summary>Never compiles.</summary>
    /// <param name="anything">Whatever was tried.</param>
    public SequenceAttribute(params object[] anything) => _ = anything;
}

/// <summary>A residual of a list of layers: <see cref="ResidualAttribute{TBlock}"/>, or <c>"residual"</c> in a <c>.model.json</c> file.</summary>
[Obsolete(
    "A residual is a list of layers, which an attribute can't hold: put the layers on a class with [Block] and write [Residual<ThatClass>], or declare the network in a .model.json file (docs/spec.md).",
    error: true)]
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ResidualAttribute : Attribute
{
    /// <summary>Never compiles.</summary>
    /// <param name="anything">Whatever was tried.</param>
    public ResidualAttribute(params object[] anything) => _ = anything;
}
