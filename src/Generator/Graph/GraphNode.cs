using System.Collections.Generic;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>A step of a module: it takes values of the module and gives one more. Values are numbered, the module's inputs first.</summary>
/// <param name="Name">Its name, unlike all others of its module.</param>
/// <param name="Place">Where the spec has it.</param>
/// <param name="Sources">The values that it takes: what flows in, and then its operands.</param>
/// <param name="Output">The shape of the value that it gives.</param>
internal abstract record GraphNode(LayerName Name, LayerPlace Place, IReadOnlyList<int> Sources, TensorShape Output);

/// <summary>
/// A step that does nothing in this use of a block, while it does something in others: its first source stands for its output. A shortcut where
/// the shapes are equal, or a layer whose condition does not hold.
/// </summary>
internal sealed record BypassNode(LayerName Name, LayerPlace Place, IReadOnlyList<int> Sources, TensorShape Output) : GraphNode(Name, Place, Sources, Output);

/// <summary>A checked layer with all that the emitters write about it: they compute no shapes of their own.</summary>
internal sealed record LayerNode(
    LayerName Name,
    LayerPlace Place,
    IReadOnlyList<int> Sources,
    TensorShape Output,
    LayerKind Kind,
    Settings Settings,
    IReadOnlyList<TensorShape> Inputs,
    long Parameters,
    long MultiplyAdds) : GraphNode(Name, Place, Sources, Output)
{
    /// <summary>The shape of what flows in.</summary>
    public TensorShape Input => Inputs[0];

    /// <summary>The bytes of its output for one sample: float32, or int64 for indices.</summary>
    public long OutputBytes => checked(Output.ElementCount * (Output.IsIndices ? sizeof(long) : sizeof(float)));

    /// <summary>The layer as other settings make it; null where it then gives another shape, or something is to be said of it.</summary>
    /// <exception cref="System.OverflowException">Its counts are beyond 2^63 - 1.</exception>
    public LayerNode? As(Settings other) => Kind.Infer(other, Inputs).Shape is not { } shape || shape != Output || Kind.Remark(other, Input) is not null
        ? null
        : this with { Settings = other, Parameters = Kind.CountParameters(other, Inputs), MultiplyAdds = Kind.CountMultiplyAdds(other, Inputs, shape) };
}

/// <summary>A use of a block, or a sequence.</summary>
internal sealed record ModuleNode(LayerName Name, LayerPlace Place, IReadOnlyList<int> Sources, TensorShape Output, ModuleGraph Module)
    : GraphNode(Name, Place, Sources, Output);

/// <summary>A block that is repeated: each takes what the one before it gives.</summary>
/// <param name="Name">The list's name.</param>
/// <param name="Place">Where the spec has it.</param>
/// <param name="Sources">What flows into the first.</param>
/// <param name="Output">What the last one gives.</param>
/// <param name="Keys">The names of the list's elements.</param>
/// <param name="Modules">The list's elements.</param>
internal sealed record RepeatNode(LayerName Name, LayerPlace Place, IReadOnlyList<int> Sources, TensorShape Output, ListKeys Keys, IReadOnlyList<ModuleGraph> Modules)
    : GraphNode(Name, Place, Sources, Output);

/// <summary>The names of a list's elements: a word in front, empty for PyTorch's ModuleList, and the number of the first.</summary>
internal readonly record struct ListKeys(string Prefix, long First)
{
    public string Of(int index) => Prefix + (First + index).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
