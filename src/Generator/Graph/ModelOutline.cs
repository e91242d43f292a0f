using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph;

/// <summary>A property of an outline: a layer, or a module of its own.</summary>
/// <param name="Type">The property's type in C#.</param>
/// <param name="Words">What it is: the layer's keyword, <c>block</c>, <c>sequence</c>.</param>
/// <param name="Name">Its name.</param>
internal readonly record struct LayerOutline(string Type, string Words, LayerName Name)
{
    /// <summary>The words of a list of blocks, whose type is the blocks'.</summary>
    public const string Repeat = "repeat";
}

/// <summary>What is known of a network whose spec has mistakes: enough for the rest of the program to be compiled against it.</summary>
/// <param name="Inputs">The names of its inputs.</param>
/// <param name="Outputs">The names of its outputs; null for a single one without a name.</param>
/// <param name="Layers">The layers whose kind is known, each name once.</param>
/// <param name="Modules">The classes of its blocks and sequences, each by its name with its layers.</param>
/// <param name="Training">How it is trained, as far as that is known; null when the spec does not ask for training.</param>
/// <param name="Compilation">How it is compiled, whatever else has mistakes.</param>
internal sealed record ModelOutline(
    IReadOnlyList<string> Inputs,
    IReadOnlyList<string>? Outputs,
    IReadOnlyList<LayerOutline> Layers,
    IReadOnlyList<ModuleOutline> Modules,
    TrainingPlan? Training,
    CompilationPlan Compilation)
{
    /// <summary>A graph with the outline's public surface; its numbers mean nothing, and what is written from it never runs.</summary>
    public ModelGraph StandIn(string name)
    {
        var shape = Training?.Table is null ? TensorShape.Of(3, 1, 1) : TensorShape.Of(1);
        var root = new ModuleGraph(new ModuleDefinition(name, IsBlock: false), [new GraphInput("input", shape)], [], [0], []);
        return new(name, root, FlatNetwork.Of(root), Training, Compilation.Plain);
    }
}

/// <summary>A class inside of an outline.</summary>
internal sealed record ModuleOutline(string Type, IReadOnlyList<string> Inputs, IReadOnlyList<LayerOutline> Layers);

/// <summary>Collects the classes while the network is read: of a block the first use.</summary>
internal sealed class OutlineBuilder(ModelSpec spec)
{
    private readonly List<ModuleOutline> _modules = [];

    /// <summary>The network's own layers come first.</summary>
    public void Add(ModuleDefinition definition, IReadOnlyList<LayerOutline> layers, IReadOnlyList<string> inputs)
    {
        if (_modules.All(module => module.Type != definition.Type))
            _modules.Add(new ModuleOutline(definition.Type, inputs, layers));
    }

    /// <param name="training">How it is trained, as far as that is known; null when the spec does not ask for training.</param>
    /// <param name="compilation">How it is compiled.</param>
    /// <param name="isRefused">Whether a block can't be a class.</param>
    public ModelOutline Build(TrainingPlan? training, CompilationPlan compilation, Func<string, bool> isRefused)
    {
        // A block that no use came to is a class all the same, or its layers' properties would have no type; a sequence that none has is none.
        foreach (var block in spec.Blocks)
        {
            if (!isRefused(block.Name))
                Add(new ModuleDefinition(block.Name, IsBlock: true), [], block.Inputs);
        }

        var types = new HashSet<string>(_modules.Select(module => module.Type));
        var modules = _modules
            .Select(module => module with { Layers = [.. module.Layers.Where(layer => layer.Words != "sequence" || types.Contains(layer.Type))] })
            .ToArray();
        var (inputs, outputs) = (modules[0].Inputs, NetworkOutputs.Likely(spec, compilation.Backend));
        // There is no training loop for a network of several inputs or outputs.
        return new([.. inputs.Take(NetworkInputs.Most)], outputs, modules[0].Layers, [.. modules.Skip(1)], inputs.Count == 1 && outputs is null ? training : null, compilation);
    }
}
