using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>Dropout makes layers behind it robust; behind the last one that learns it only spoils the answer.</summary>
internal static class DropoutBehindHead
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        // A module alone may be a part of a network that goes on behind it.
        if (graph.Training is null)
            yield break;
        var head = graph.Nodes.Count - 1;
        while (head >= 0 && graph.Nodes[head].Parameters == 0)
            head--;
        for (var i = head + 1; head >= 0 && i < graph.Nodes.Count; i++)
        {
            if (!graph.Nodes[i].Kind.Traits.HasFlag(LayerTraits.Dropout))
                continue;
            var (dropout, learns) = (graph.Nodes[i], graph.Nodes[head]);
            yield return Finding.Of(Rules.DropoutBehindHead, SourceMap.Layer(i), dropout.Name.Key, learns.Name.Key, learns.Kind.Keyword)
                .WithFixes([Fix.Of($"put it before '{learns.Name.Key}'", new MoveLayer(i, head))]);
        }
    }
}
