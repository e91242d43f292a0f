using System;
using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>A step of a forward pass: it takes values and gives one more. Passes replace steps; none is ever changed.</summary>
/// <param name="Value">The value that it gives.</param>
/// <param name="Sources">The values that it takes.</param>
internal abstract record Step(int Value, IReadOnlyList<int> Sources)
{
    /// <summary>The value of the spec's own order whose shape this one has.</summary>
    public int Shape { get; init; } = Value;

    /// <summary>What a pass did here, for whoever reads the code; null for a step as the spec has it.</summary>
    public string? Note { get; init; }

    /// <summary>The values that are freed behind it, because nothing takes them any more.</summary>
    public IReadOnlyList<int> Frees { get; init; } = [];

    /// <summary>Whether it takes any of the values that are marked.</summary>
    public bool TakesAny(bool[] isMarked)
    {
        for (var i = 0; i < Sources.Count; i++)
        {
            if (isMarked[Sources[i]])
                return true;
        }

        return false;
    }

    /// <summary>The step with other values for some that it takes.</summary>
    /// <param name="instead">By value what takes its place: itself, where nothing does.</param>
    public Step Taking(int[] instead)
    {
        var replaced = ForwardPlan.Replaced(Sources, instead);
        return ReferenceEquals(replaced, Sources) ? this : this with { Sources = replaced };
    }
}

/// <summary>A layer or a module, called as the spec has it.</summary>
/// <param name="Value">The value that it gives.</param>
/// <param name="Sources">The values that it takes.</param>
/// <param name="Uses">The node in each use of the block; a bypass where a use does without it.</param>
internal sealed record NodeStep(int Value, IReadOnlyList<int> Sources, IReadOnlyList<GraphNode> Uses) : Step(Value, Sources)
{
    public LayerName Name => Uses[0].Name;

    /// <summary>Whether some uses do without it: there its first source stands for its value.</summary>
    public bool IsOptional
    {
        get
        {
            for (var i = 0; i < Uses.Count; i++)
            {
                if (Uses[i] is BypassNode)
                    return true;
            }

            return false;
        }
    }

    /// <summary>Whether it computes in the memory of what it takes.</summary>
    public bool IsInPlace { get; init; }

    /// <summary>Whether every use has a layer here, and each is as <paramref name="condition"/> says.</summary>
    public bool IsLayer(Func<LayerNode, bool> condition)
    {
        for (var i = 0; i < Uses.Count; i++)
        {
            if (Uses[i] is not LayerNode layer || !condition(layer))
                return false;
        }

        return true;
    }
}

/// <summary>A convolution and the batch norm behind it in one call; the value is the batch norm's.</summary>
/// <param name="Convolution">The convolution.</param>
/// <param name="Norm">The batch norm.</param>
internal sealed record ConvBatchNormStep(NodeStep Convolution, NodeStep Norm) : Step(Norm.Value, Convolution.Sources);

/// <summary>Another order of the same numbers in memory: the channels of a pixel side by side.</summary>
/// <param name="Value">The value that it gives.</param>
/// <param name="Source">The value that it takes.</param>
internal sealed record ChannelsLastStep(int Value, int Source) : Step(Value, [Source]);

/// <summary>The usual order of the numbers in memory, where a user's own module may count on it.</summary>
/// <param name="Value">The value that it gives.</param>
/// <param name="Source">The value that it takes.</param>
internal sealed record ContiguousStep(int Value, int Source) : Step(Value, [Source]);
