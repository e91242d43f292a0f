using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph;

/// <summary>A layer of the whole network, whichever module it stands in.</summary>
/// <param name="Node">The layer.</param>
/// <param name="Key">Its name in the state_dict: <c>layer1.0.conv1</c>.</param>
/// <param name="Sources">The layers whose outputs it takes, by their indices; ~i for input i of the network.</param>
internal sealed record FlatLayer(LayerNode Node, string Key, IReadOnlyList<int> Sources);

/// <summary>A network without its modules.</summary>
/// <param name="Layers">All layers that compute something, in the order in which data flows.</param>
/// <param name="Outputs">The layers whose outputs the network gives; ~i for input i of the network.</param>
internal sealed record FlatNetwork(IReadOnlyList<FlatLayer> Layers, IReadOnlyList<int> Outputs)
{
    private int[]? _uses;

    public static FlatNetwork Of(ModuleGraph root)
    {
        var layers = new List<FlatLayer>(root.Nodes.Count);
        var outputs = Add(root, "", [.. root.Inputs.Select((_, index) => ~index)], layers);
        return new FlatNetwork(layers, outputs);
    }

    /// <summary>The layer that gives the first output; null when that is an input.</summary>
    public FlatLayer? Last => Outputs[0] < 0 ? null : Layers[Outputs[0]];

    /// <summary>The last layer that decides how many numbers the first output has; null where none does.</summary>
    public FlatLayer? Head
    {
        get
        {
            var head = Last;
            while (head is not null && head.Node.Kind.Width is null)
                head = Before(head);
            return head;
        }
    }

    /// <summary>Whether the first output is one number.</summary>
    public bool GivesOne => Last is { Node.Output: { Rank: 2 } output } && output[0] == 1;

    /// <summary>The layer whose output flows into <paramref name="layer"/>; null where that is an input of the network.</summary>
    public FlatLayer? Before(FlatLayer layer) => layer.Sources[0] < 0 ? null : Layers[layer.Sources[0]];

    /// <summary>How many layers and outputs take what the layer at <paramref name="index"/> gives.</summary>
    public int UsesOf(int index) => (_uses ??= Uses())[index];

    /// <summary>Which layers are computed: those that an output of the network follows from.</summary>
    /// <param name="isNeeded">Whether a layer is computed, and all before it, whoever takes what it gives; null where none is.</param>
    public bool[] Needed(Func<int, bool>? isNeeded = null)
    {
        var needed = new bool[Layers.Count];
        Need(Outputs);
        for (var i = needed.Length - 1; i >= 0; i--)
        {
            needed[i] |= isNeeded?.Invoke(i) == true;
            if (needed[i])
                Need(Layers[i].Sources);
        }

        return needed;

        void Need(IReadOnlyList<int> sources)
        {
            foreach (var source in sources.Where(source => source >= 0))
                needed[source] = true;
        }
    }

    // Counted to the end before it is kept: the compiler may write one network in two threads.
    private int[] Uses()
    {
        var uses = new int[Layers.Count];
        Count(Outputs, uses);
        foreach (var layer in Layers)
            Count(layer.Sources, uses);
        return uses;
    }

    private static void Count(IReadOnlyList<int> sources, int[] uses)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i] >= 0)
                uses[sources[i]]++;
        }
    }

    private static int[] Add(ModuleGraph module, string prefix, int[] inputs, List<FlatLayer> layers)
    {
        var values = new int[module.Inputs.Count + module.Nodes.Count];
        inputs.CopyTo(values, 0);
        for (var i = 0; i < module.Nodes.Count; i++)
        {
            var node = module.Nodes[i];
            var sources = new int[node.Sources.Count];
            for (var j = 0; j < sources.Length; j++)
                sources[j] = values[node.Sources[j]];
            var key = prefix + node.Name.Key;
            values[inputs.Length + i] = node switch
            {
                BypassNode => sources[0],
                ModuleNode { Module: var inner } => Add(inner, key + ".", sources, layers)[0],
                RepeatNode repeat => Add(repeat, key + ".", sources, layers),
                _ => Add((LayerNode)node, key, sources, layers),
            };
        }

        return module.Outputs.Count == 1 ? [values[module.Outputs[0]]] : [.. module.Outputs.Select(output => values[output])];
    }

    private static int Add(RepeatNode repeat, string prefix, int[] sources, List<FlatLayer> layers)
    {
        for (var i = 0; i < repeat.Modules.Count; i++)
            sources = Add(repeat.Modules[i], prefix + repeat.Keys.Of(i) + ".", sources, layers);
        return sources[0];
    }

    private static int Add(LayerNode node, string key, int[] sources, List<FlatLayer> layers)
    {
        layers.Add(new FlatLayer(node, key, sources));
        return layers.Count - 1;
    }
}
