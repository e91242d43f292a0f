using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>What the forward pass of a class computes, in this order: at first as the spec has it, and then as passes rewrite it.</summary>
/// <param name="isNetwork">Whether the class is the network itself, and no part of one.</param>
/// <param name="inputs">How many inputs there are: the values from 0.</param>
/// <param name="steps">The steps, each behind those whose values it takes.</param>
/// <param name="outputs">The values that it gives.</param>
internal sealed class ForwardPlan(bool isNetwork, int inputs, IReadOnlyList<Step> steps, IReadOnlyList<int> outputs)
{
    // Made when a pass first asks; a network may have thousands of layers.
    private Dictionary<int, Step>? _byValue;
    private Dictionary<int, int>? _uses;

    public bool IsNetwork => isNetwork;

    public int Inputs => inputs;

    public IReadOnlyList<Step> Steps => steps;

    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>A number that no value has.</summary>
    public int NewValue => steps.Select(step => step.Value).Append(inputs - 1).Max() + 1;

    /// <summary>The spec's own order. The uses of a block have their steps in common; one that no use needs is not among them.</summary>
    public static ForwardPlan Of(IReadOnlyList<ModuleGraph> uses, bool isNetwork)
    {
        var (inputs, count) = (uses[0].Inputs.Count, uses[0].Nodes.Count);
        var values = Enumerable.Range(0, inputs + count).ToArray();
        var steps = new List<Step>(count);
        for (var i = 0; i < count; i++)
        {
            var nodes = new GraphNode[uses.Count];
            for (var j = 0; j < nodes.Length; j++)
                nodes[j] = uses[j].Nodes[i];
            var there = nodes.FirstOrDefault(node => node is not BypassNode);
            if (there is null)
                values[inputs + i] = values[nodes[0].Sources[0]];
            else
                steps.Add(new NodeStep(inputs + i, [.. there.Sources.Select(source => values[source])], nodes));
        }

        return new ForwardPlan(isNetwork, inputs, steps, [.. uses[0].Outputs.Select(output => values[output])]);
    }

    /// <summary>The same with other steps, and other outputs where they changed.</summary>
    public ForwardPlan With(IReadOnlyList<Step> changed, IReadOnlyList<int>? given = null) => new(isNetwork, inputs, changed, given ?? outputs);

    /// <summary>The step that gives a value; null for an input.</summary>
    public Step? StepOf(int value)
    {
        _byValue ??= steps.ToDictionary(step => step.Value);
        return _byValue.TryGetValue(value, out var step) ? step : null;
    }

    /// <summary>How many steps and outputs take a value.</summary>
    public int UsesOf(int value)
    {
        _uses ??= steps.SelectMany(step => step.Sources).Concat(outputs).GroupBy(taken => taken).ToDictionary(taken => taken.Key, taken => taken.Count());
        return _uses.TryGetValue(value, out var count) ? count : 0;
    }
}
