using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>
/// In training batch norm takes mean and variance over the batch. A batch of one image gives poor ones, and of one value per channel none:
/// PyTorch then stops with "Expected more than 1 value per channel when training".
/// </summary>
internal static class BatchNormOfOne
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        var norms = graph.Layers.Where(layer => layer.Node.Kind.IsBatchNorm).ToArray();
        if (norms.Length == 0 || graph.Training is not { } plan || Cause(plan) is not { } cause)
            yield break;

        // Instead of single images the default; instead of a size that leaves one over, the next.
        var size = plan.Recipe.BatchSize == 1 ? 32 : plan.Recipe.BatchSize + 1;

        // One cause, one finding: of all batch norms one that stops the training, or else the first.
        var single = norms.FirstOrDefault(layer => layer.Node.Input.ElementCount == layer.Node.Input[0]);
        var finding = single is null
            ? Finding.Of(Rules.BatchNormOfOne, Path, cause, norms[0].Key)
            : Finding.Of(Rules.BatchNormOfOneValue, Path, cause, single.Key, single.Node.Input.ToString());
        yield return finding.WithFixes(new[] { size, size + 1 }.Select(other => Fix.Of(
            "write batch_size " + other.ToString(CultureInfo.InvariantCulture),
            new SetSectionSetting("training", TrainingParameters.BatchSize.Name, SpecValue.Of(other)))));
    }

    private static string Path => "training." + TrainingParameters.BatchSize.Name;

    private static string? Cause(TrainingPlan plan) => (plan.Recipe.BatchSize, plan.TrainCount, HeldOut(plan)) switch
    {
        (1, _, _) => "batch_size is 1",
        (var size, { } count, { } held) when (count - held) % size == 1 => string.Format(
            CultureInfo.InvariantCulture,
            "{0} training {1}{2}{3} in batches of {4} {5} a last batch of 1",
            count - held,
            plan.Table is null ? "image" : "row",
            count - held == 1 ? "" : "s",
            held == 0 ? "" : $" ({count} without the {held} held out)",
            size,
            count - held == 1 ? "leaves" : "leave"),
        _ => null,
    };

    /// <summary>How many samples validation_share holds out, rounded as when it is done; null where that is not known: of each class its share, and nobody says how large they are.</summary>
    private static long? HeldOut(TrainingPlan plan)
    {
        if (plan.Recipe.ValidationShare is not { } share)
            return 0;
        return plan.Recipe.Stratified && plan.Task.HasClasses ? null : (long?)Math.Round(share * plan.TrainCount.GetValueOrDefault(), MidpointRounding.AwayFromZero);
    }
}
