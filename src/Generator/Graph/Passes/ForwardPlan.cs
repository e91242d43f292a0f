using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph.Passes;

/// <summary>What the forward pass of a class computes, in this order: at first as the spec has it, and then as passes rewrite it.</summary>
/// <param name="IsNetwork">Whether the class is the network itself, and no part of one.</param>
/// <param name="Inputs">How many inputs there are: the values from 0.</param>
/// <param name="Steps">The steps, each behind those whose values it takes.</param>
/// <param name="Outputs">The values that it gives.</param>
internal sealed record ForwardPlan(bool IsNetwork, int Inputs, IReadOnlyList<Step> Steps, IReadOnlyList<int> Outputs)
{
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

    /// <summary>The step that gives a value; null for an input.</summary>
    public Step? StepOf(int value) => Steps.FirstOrDefault(step => step.Value == value);

    /// <summary>How many steps and outputs take a value.</summary>
    public int UsesOf(int value) => Steps.Sum(step => step.Sources.Count(source => source == value)) + Outputs.Count(output => output == value);

    /// <summary>A number that no value has.</summary>
    public int NewValue => Steps.Select(step => step.Value).Append(Inputs - 1).Max() + 1;
}
