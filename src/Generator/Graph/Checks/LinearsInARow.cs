using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>B (A x + a) + b is (B A) x + (B a + b): without a nonlinear layer between them the second linear layer adds nothing.</summary>
internal static class LinearsInARow
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        for (var i = 1; i < graph.Layers.Count; i++)
        {
            var second = graph.Layers[i];
            if (!IsLinear(second) || graph.Flat.Before(second) is not { } first || !IsLinear(first) || graph.Flat.UsesOf(second.Sources[0]) > 1)
                continue;
            var fixes = first.Node.Place.List == second.Node.Place.List
                ? new[]
                {
                    Fix.Of("put relu between them", new InsertLayer(second.Node.Place, SectionSpec.Of("relu"))),
                    Fix.Of($"remove '{first.Key}'", new RemoveLayer(first.Node.Place))
                }
                : [];
            yield return Finding.Of(Rules.LinearsInARow, second.Node.Place.Path, second.Key, first.Key).WithFixes(fixes);
        }
    }

    private static bool IsLinear(FlatLayer layer) => layer.Node.Kind.IsLinear;
}
