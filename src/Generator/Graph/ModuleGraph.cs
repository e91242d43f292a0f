using System.Collections.Generic;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>What a module is an instance of: the network, a block, or a sequence. Each becomes a class.</summary>
/// <param name="Type">The class's name.</param>
/// <param name="IsBlock">Whether the spec declares it as a block.</param>
internal sealed record ModuleDefinition(string Type, bool IsBlock);

/// <summary>An input of a module.</summary>
internal readonly record struct GraphInput(string Name, TensorShape Shape);

/// <summary>A module with everything in it, for one use of it: a network has one, a block as many as it has uses.</summary>
/// <param name="Definition">What it is an instance of.</param>
/// <param name="Inputs">Its inputs: the values from 0.</param>
/// <param name="Nodes">Its steps, in the order in which data flows; each is the next value.</param>
/// <param name="Outputs">The values that it gives: one, but for a network of several outputs.</param>
/// <param name="Arguments">A block's parameters with their values here.</param>
internal sealed record ModuleGraph(
    ModuleDefinition Definition,
    IReadOnlyList<GraphInput> Inputs,
    IReadOnlyList<GraphNode> Nodes,
    IReadOnlyList<int> Outputs,
    IReadOnlyList<(string Name, SpecValue Value)> Arguments)
{
    /// <summary>The shape of a value.</summary>
    public TensorShape ShapeOf(int value) => value < Inputs.Count ? Inputs[value].Shape : Nodes[value - Inputs.Count].Output;

    /// <summary>The first output's shape.</summary>
    public TensorShape Output => ShapeOf(Outputs[0]);
}
