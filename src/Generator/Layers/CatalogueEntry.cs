using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>A word that a spec's list of layers can hold: a layer, or a structure of layers. A subclass is one file; the catalogue finds it by itself.</summary>
internal abstract class CatalogueEntry
{
    private IReadOnlyList<Parameter>? _settings;

    /// <summary>The JSON keyword, PyTorch's name in snake_case: <c>conv2d</c>.</summary>
    public abstract string Keyword { get; }

    /// <summary>PyTorch's and TorchSharp's name of the module, and the attribute's without its suffix: <c>Conv2d</c>.</summary>
    public abstract string AttributeName { get; }

    /// <summary>What it is called where it has no name, with its number: <c>conv</c> gives conv1, conv2, …</summary>
    public abstract string Stem { get; }

    /// <summary>One line for the attribute's doc comment and the docs: what it computes, with its shapes.</summary>
    public abstract string Doc { get; }

    /// <summary>What can be set, the positional ones first, in their order.</summary>
    public virtual IReadOnlyList<Parameter> Parameters { get; } = [];

    /// <summary>The parameter that a JSON layer's keyword stands for: the first positional one, or null.</summary>
    public Parameter? Main
    {
        get
        {
            for (var i = 0; i < Parameters.Count; i++)
            {
                if (Parameters[i].IsPositional)
                    return Parameters[i];
            }

            return null;
        }
    }

    /// <summary>An input for examples: one that the layer takes with the examples of its required parameters.</summary>
    public virtual TensorShape ExampleInput => TensorShape.Of(4, 8, 8);

    /// <summary>Whether it can be written as an attribute: lists of layers can't stand in one.</summary>
    public virtual bool HasAttribute => true;

    /// <summary>The parameters, and what every entry can have beside them.</summary>
    public IReadOnlyList<Parameter> Settings => _settings ??= [.. Parameters, LayerName, From, When];

    /// <summary>The name that every layer can have beside its parameters.</summary>
    public static Parameter<string> LayerName { get; } =
        Parameter.Text("name", "The layer's name in the state_dict; its property is the same in PascalCase. Default: the kind's stem with a number");

    /// <summary>What a layer receives, where that is not the output of the one before it.</summary>
    public static Parameter<string> From { get; } =
        Parameter.Text("from", "The name of an earlier layer whose output this one receives, or 'input'. Default: the layer before it");

    /// <summary>Whether the layer is there at all, in one use of a block.</summary>
    public static Parameter<bool> When { get; } =
        Parameter.Flag("when", "In a block, an expression of its parameters: without the layer, its input goes on instead", true);
}
