using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>A classifier has one output per class, where the spec says which classes the data has.</summary>
internal static class HeadWidth
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        if (graph.Training is not { ClassNames: { } names } || graph.Output.Rank != 2 || graph.Output[0] == names.Count)
            yield break;
        var head = graph.Flat.Last;
        while (head is not null && head.Node.Kind.Width is null)
            head = graph.Flat.Before(head);
        if (head is null)
            yield break;
        var (node, width) = (head.Node, head.Node.Kind.Width!);
        var classes = names.Count.ToString(CultureInfo.InvariantCulture);
        yield return Finding.Of(
            Rules.HeadNotClasses, node.Place.Path + "." + width.Name, classes, Names(names), graph.Output.ToString(), head.Key, node.Kind.Keyword,
            width.Name, node.Settings.Get(width).ToString(CultureInfo.InvariantCulture))
                .WithFixes([Fix.Of($"write {width.Name} {classes}", new SetLayerSetting(node.Place, width.Name, SpecValue.Of(names.Count)))]);
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3).Select(name => $"'{SpecValue.Shorten(name)}'")) + (names.Count > 3 ? ", …" : "");
}
