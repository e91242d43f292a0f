using System.Collections.Generic;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>A network has one output per class, where the spec says which classes the data has, or per target.</summary>
internal static class HeadWidth
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        if (graph.Training is not { } plan || Outputs(plan) is not { } names
            || graph.Output.Rank != 2 || graph.Output[0] == names.Count || graph.Flat.Head is not { } head)
            yield break;
        var (node, width) = (head.Node, head.Node.Kind.Width!);
        var count = names.Count.ToString(CultureInfo.InvariantCulture);
        yield return Finding.Of(
            Rules.HeadNotClasses, node.Place.Path + "." + width.Name, count, TrainingPlan.Named(names), graph.Output.ToString(), head.Key, node.Kind.Keyword,
            width.Name, node.Settings.Get(width).ToString(CultureInfo.InvariantCulture), names.Count == 1 && !plan.Task.HasClasses ? "target" : plan.Task.Outputs)
                .WithFixes([LossKind.Widen(head, names.Count)]);
    }

    private static IReadOnlyList<string>? Outputs(TrainingPlan plan) =>
        plan.Task.HasClasses ? plan.ClassNames
        : plan.Table is { Targets: { Count: > 0 } targets } ? targets
        : null;
}
