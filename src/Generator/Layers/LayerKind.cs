using System;
using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What a layer is to the network around it.</summary>
[Flags]
internal enum LayerTraits
{
    None = 0,

    /// <summary>A linear map of its input, plus a bias.</summary>
    Linear = 1,

    /// <summary>Subtracts the mean of each channel over the batch in training, which cancels any bias before it.</summary>
    BatchNorm = 2,

    /// <summary>Sets values to zero at random in training.</summary>
    Dropout = 4,
}

/// <summary>
/// One kind of layer with all that ModelGen knows about it: how it is written, what it does to a shape, what it costs, and how each
/// backend builds it. A subclass is one file; the catalogue finds it by itself.
/// </summary>
internal abstract class LayerKind
{
    private IReadOnlyList<Parameter>? _settings;

    /// <summary>The JSON keyword, PyTorch's name in snake_case: <c>conv2d</c>.</summary>
    public abstract string Keyword { get; }

    /// <summary>PyTorch's and TorchSharp's name of the module, and the attribute's without its suffix: <c>Conv2d</c>.</summary>
    public abstract string AttributeName { get; }

    /// <summary>What a layer without a name is called, with its number: <c>conv</c> gives conv1, conv2, …</summary>
    public abstract string Stem { get; }

    /// <summary>One line for the attribute's doc comment and the docs: what it computes, with its shapes.</summary>
    public abstract string Doc { get; }

    /// <summary>What can be set, the positional ones first, in their order.</summary>
    public virtual IReadOnlyList<Parameter> Parameters { get; } = [];

    /// <summary>The parameters, and the name that every layer can have.</summary>
    public IReadOnlyList<Parameter> Settings => _settings ??= [.. Parameters, LayerName];

    /// <summary>The name that every layer can have beside its parameters.</summary>
    public static Parameter<string> LayerName { get; } =
        Parameter.Text("name", "The layer's name in the state_dict; its property is the same in PascalCase. Default: the kind's stem with a number");

    /// <summary>What the rules about whole networks need to know of it.</summary>
    public virtual LayerTraits Traits => LayerTraits.None;

    /// <summary>The parameter that sets how many features or channels come out; null where the input decides.</summary>
    public virtual Parameter<long>? Width => null;

    /// <summary>The parameter that switches the layer's bias, or null when it has none.</summary>
    public virtual Parameter<bool>? BiasSwitch => null;

    /// <summary>What the layer did to a shape, where its numbers are the input's in another order or grouping: "flattened". Null otherwise.</summary>
    public virtual string? Participle => null;

    /// <summary>The output's shape for an input of shape <paramref name="input"/>. Called with settings that passed their own ranges.</summary>
    public abstract Inference Infer(Settings settings, TensorShape input);

    /// <summary>What is worth saying about a layer that is not wrong, as a broken rule of no more than a warning; null as a rule.</summary>
    public virtual Inference? Remark(Settings settings, TensorShape input) => null;

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
