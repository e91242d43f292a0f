using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>
/// One kind of layer with all that ModelGen knows about it: how it is written, what it does to a shape, what it costs, and how each
/// backend builds it. A subclass is one file; the catalogue finds it by itself.
/// </summary>
internal abstract class LayerKind
{
    /// <summary>The JSON keyword, PyTorch's name in snake_case: <c>conv2d</c>.</summary>
    public abstract string Keyword { get; }

    /// <summary>PyTorch's and TorchSharp's name of the module, and the attribute's without its suffix: <c>Conv2d</c>.</summary>
    public abstract string AttributeName { get; }

    /// <summary>What a layer without a name is called, with its number: <c>conv</c> gives conv1, conv2, …</summary>
    public abstract string Stem { get; }

    /// <summary>One line for the attribute's doc comment and the docs: what it computes, with its shapes.</summary>
    public abstract string Doc { get; }

    /// <summary>What can be set, the positional ones first, in their order.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The output's shape for an input of shape <paramref name="input"/>. Called with settings that passed their own ranges.</summary>
    public abstract Inference Infer(Settings settings, TensorShape input);

    /// <summary>Trained values.</summary>
    public virtual long CountParameters(Settings settings, TensorShape input) => 0;

    /// <summary>Multiplications with a weight (each with its addition) for one sample; what has no weights counts 0.</summary>
    public virtual long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => 0;

    /// <summary>TorchSharp: the arguments that build the layer, <c>3, 16, 5, padding: 2</c>; nulls are left out.</summary>
    public virtual IEnumerable<string?> TorchArguments(Settings settings, TensorShape input) => [];
}

/// <summary>A layer that computes each value by itself: any shape goes through unchanged.</summary>
internal abstract class ElementwiseLayer : LayerKind
{
    public override Inference Infer(Settings settings, TensorShape input) => input;
}
