using System.Collections.Generic;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>Normalisation takes one mean and one standard deviation for each channel of the images.</summary>
internal static class NormalisationChannels
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        if (graph.Training is not { } plan)
            yield break;
        foreach (var (parameter, values) in new[] { (TrainingParameters.Mean, plan.Mean), (TrainingParameters.Std, plan.Std) })
        {
            if (values is not null && values.Count != graph.Input[0])
            {
                yield return Finding.Of(
                    Rules.NormalisationChannels, "data." + parameter.Name, parameter.Name, values.Count.ToString(CultureInfo.InvariantCulture),
                    graph.Input.ToString(), graph.Input[0].ToString(CultureInfo.InvariantCulture));
            }
        }
    }
}
