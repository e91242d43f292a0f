using System;
using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>What the forward pass of a class computes, in this order: at first as the spec has it, and then as passes rewrite it.</summary>
/// <param name="isNetwork">Whether the class is the network itself, and no part of one.</param>
/// <param name="use">One of its uses, whose inputs are the values from 0.</param>
/// <param name="steps">The steps, each behind those whose values it takes.</param>
/// <param name="outputs">The values that it gives.</param>
internal sealed class ForwardPlan(bool isNetwork, ModuleGraph use, IReadOnlyList<Step> steps, IReadOnlyList<int> outputs)
{
    // Made when a pass first asks; a network may have thousands of layers.
    private Step?[]? _byValue;
    private int[]? _uses;

    public bool IsNetwork => isNetwork;

    public int Inputs => use.Inputs.Count;

    public IReadOnlyList<Step> Steps => steps;

    public IReadOnlyList<int> Outputs => outputs;

    /// <summary>A number that no value has.</summary>
    public int NewValue
    {
        get
        {
            var value = Inputs;
            for (var i = 0; i < steps.Count; i++)
                value = Math.Max(value, steps[i].Value + 1);
            return value;
        }
    }

    /// <summary>The spec's own order. The uses of a block have their steps in common; one that no use needs is not among them.</summary>
    public static ForwardPlan Of(IReadOnlyList<ModuleGraph> uses, bool isNetwork)
    {
        var (inputs, count) = (uses[0].Inputs.Count, uses[0].Nodes.Count);
        var instead = Values(inputs + count);
        var steps = new List<Step>(count);
        for (var i = 0; i < count; i++)
        {
            var nodes = new GraphNode[uses.Count];
            for (var j = 0; j < nodes.Length; j++)
                nodes[j] = uses[j].Nodes[i];
            if (Array.Find(nodes, node => node is not BypassNode) is { } there)
                steps.Add(new NodeStep(inputs + i, there.Sources, nodes).Taking(instead));
            else
                instead[inputs + i] = instead[nodes[0].Sources[0]];
        }

        return new ForwardPlan(isNetwork, uses[0], steps, Replaced(uses[0].Outputs, instead));
    }

    /// <summary>Each value in its own place, for a pass to write others there.</summary>
    public int[] Values() => Values(NewValue);

    private static int[] Values(int count)
    {
        var values = new int[count];
        for (var i = 0; i < count; i++)
            values[i] = i;
        return values;
    }

    /// <summary>The values, with those instead that stand in their places; one that is newer than these has none.</summary>
    public static IReadOnlyList<int> Replaced(IReadOnlyList<int> values, int[] instead)
    {
        int[]? replaced = null;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] < instead.Length && instead[values[i]] != values[i])
                (replaced ??= [.. values])[i] = instead[values[i]];
        }

        return replaced ?? values;
    }

    /// <summary>The same with other steps, and other outputs where they changed.</summary>
    public ForwardPlan With(IReadOnlyList<Step> changed, IReadOnlyList<int>? given = null) => new(isNetwork, use, changed, given ?? outputs);

    /// <summary>The step that gives a value; null for an input, and for a value that a pass left out.</summary>
    public Step? StepOf(int value)
    {
        if (_byValue is null)
        {
            _byValue = new Step?[NewValue];
            for (var i = 0; i < steps.Count; i++)
                _byValue[steps[i].Value] = steps[i];
        }

        return value < _byValue.Length ? _byValue[value] : null;
    }

    /// <summary>The shape of a value of this plan in one of the uses.</summary>
    public TensorShape ShapeOf(int value) => use.ShapeOf(StepOf(value)?.Shape ?? value);

    /// <summary>How many steps and outputs take a value.</summary>
    public int UsesOf(int value)
    {
        if (_uses is null)
        {
            _uses = new int[NewValue];
            Count(outputs, _uses);
            for (var i = 0; i < steps.Count; i++)
                Count(steps[i].Sources, _uses);
        }

        return _uses[value];
    }

    private static void Count(IReadOnlyList<int> taken, int[] uses)
    {
        for (var i = 0; i < taken.Count; i++)
            uses[taken[i]]++;
    }
}
