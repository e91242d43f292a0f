using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>Normalisation takes one mean and one standard deviation for each channel of the images, or feature of the rows.</summary>
internal static class NormalisationChannels
{
    public static IEnumerable<Finding> Check(ModelGraph graph) => graph.Training is { Mean: null, Std: null } or null ? [] : Check(graph, graph.Training);

    private static IEnumerable<Finding> Check(ModelGraph graph, TrainingPlan plan)
    {
        // An input that is no image and no row is a mistake of its own.
        if (plan.Table is null ? graph.Input.Rank != 4 || graph.Input[0] is not (1 or 3) : graph.Input.Rank != 2)
            yield break;
        var (source, part) = plan.Table is null ? ("image_folder", "channel") : ("csv", "feature");
        var wrong = new[] { (Parameter: TrainingParameters.Mean, Values: plan.Mean), (Parameter: TrainingParameters.Std, Values: plan.Std) }
            .Where(setting => setting.Values is { } values && values.Count != graph.Input[0])
            .Select(setting => (setting.Parameter.Name, setting.Values!.Count)).ToArray();

        // Both with the same number are one mistake: the images were thought to have other channels.
        if (wrong.Length == 2 && wrong[0].Count == wrong[1].Count)
        {
            yield return Say(wrong[0].Name, $"'{wrong[0].Name}' and '{wrong[1].Name}' of {source} have {Counted(wrong[0].Count, "number")} each", part, graph);
        }
        else
        {
            foreach (var (name, count) in wrong)
                yield return Say(name, $"'{name}' of {source} has {Counted(count, "number")}", part, graph);
        }
    }

    private static Finding Say(string name, string what, string part, ModelGraph graph) =>
        Finding.Of(Rules.NormalisationChannels, "data." + name, what, graph.Input.ToString(), Counted(graph.Input[0], part), part);

    private static string Counted(long count, string what) => count.ToString(CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");
}
