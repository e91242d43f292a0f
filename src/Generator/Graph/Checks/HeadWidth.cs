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
        var head = graph.Nodes.Count - 1;
        while (head >= 0 && graph.Nodes[head].Kind.Width is null)
            head--;
        if (head < 0)
            yield break;
        var (node, width) = (graph.Nodes[head], graph.Nodes[head].Kind.Width!);
        var classes = names.Count.ToString(CultureInfo.InvariantCulture);
        yield return Finding.Of(
            Rules.HeadNotClasses, SourceMap.Layer(head) + "." + width.Name, classes, Names(names), graph.Output.ToString(), node.Name.Key, node.Kind.Keyword,
            width.Name, node.Settings.Get(width).ToString(CultureInfo.InvariantCulture))
                .WithFixes([Fix.Of($"write {width.Name} {classes}", new SetLayerSetting(head, width.Name, SpecValue.Of(names.Count)))]);
    }

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3).Select(name => $"'{SpecValue.Shorten(name)}'")) + (names.Count > 3 ? ", …" : "");
}
