using System.Collections.Generic;
using ModelGen.Diagnostics;
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
        var head = graph.Layers.Count - 1;
        while (head >= 0 && graph.Layers[head].Node.Parameters == 0)
            head--;
        for (var i = head + 1; head >= 0 && i < graph.Layers.Count; i++)
        {
            var (dropout, learns) = (graph.Layers[i], graph.Layers[head]);
            if (!dropout.Node.Kind.IsDropout)
                continue;
            var finding = Finding.Of(Rules.DropoutBehindHead, dropout.Node.Place.Path, dropout.Key, learns.Key, learns.Node.Kind.Keyword);
            yield return dropout.Node.Place.List != learns.Node.Place.List
                ? finding
                : finding.WithFixes([Fix.Of($"put it before '{learns.Key}'", new MoveLayer(dropout.Node.Place, learns.Node.Place.Index))]);
        }
    }
}
