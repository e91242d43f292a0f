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
        var bypassed = new Dictionary<int, int>();
        var steps = new List<Step>(count);
        for (var i = 0; i < count; i++)
        {
            var nodes = new GraphNode[uses.Count];
            for (var j = 0; j < nodes.Length; j++)
                nodes[j] = uses[j].Nodes[i];
            if (nodes.FirstOrDefault(node => node is not BypassNode) is { } there)
                steps.Add(new NodeStep(inputs + i, there.Sources, nodes).Taking(bypassed));
            else
                bypassed.Add(inputs + i, Instead(bypassed, nodes[0].Sources[0]));
        }

        return new ForwardPlan(isNetwork, inputs, steps, [.. uses[0].Outputs.Select(output => Instead(bypassed, output))]);
    }

    /// <summary>The step that gives a value; null for an input.</summary>
    public Step? StepOf(int value) => StepOf(value, Steps);

    /// <summary>The same among some of the steps.</summary>
    public static Step? StepOf(int value, IReadOnlyList<Step> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Value == value)
                return steps[i];
        }

        return null;
    }

    /// <summary>How many steps and outputs take a value.</summary>
    public int UsesOf(int value)
    {
        var uses = Outputs.Count(output => output == value);
        for (var i = 0; i < Steps.Count; i++)
            uses += Steps[i].UsesOf(value);
        return uses;
    }

    /// <summary>A number that no value has.</summary>
    public int NewValue => Steps.Select(step => step.Value).Append(Inputs - 1).Max() + 1;

    private static int Instead(Dictionary<int, int> bypassed, int value) => bypassed.TryGetValue(value, out var other) ? other : value;
}
