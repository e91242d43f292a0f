using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Training;

/// <summary>All losses, optimizers, schedules and precisions, found in this assembly once per process: adding one is adding its file.</summary>
internal static class TrainingCatalogue
{
    private static readonly TrainingKind[] All = typeof(TrainingCatalogue).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(TrainingKind).IsAssignableFrom(type))
        .Select(type => (TrainingKind)Activator.CreateInstance(type))
        .OrderBy(kind => kind.Keyword, StringComparer.Ordinal)
        .ToArray();

    public static IReadOnlyList<LossKind> Losses { get; } = [.. All.OfType<LossKind>()];

    public static IReadOnlyList<OptimizerKind> Optimizers { get; } = [.. All.OfType<OptimizerKind>()];

    public static IReadOnlyList<ScheduleKind> Schedules { get; } = [.. All.OfType<ScheduleKind>()];

    /// <summary>What a recipe has that says nothing comes first: it is the enum's zero.</summary>
    public static IReadOnlyList<PrecisionKind> Precisions { get; } = [.. All.OfType<PrecisionKind>().OrderBy(kind => kind.IsAutocast)];

    /// <summary>The precision of a keyword that is one.</summary>
    public static PrecisionKind PrecisionOf(string keyword)
    {
        foreach (var kind in Precisions)
        {
            if (kind.Keyword == keyword)
                return kind;
        }

        throw new ArgumentOutOfRangeException(nameof(keyword), keyword, null);
    }

    /// <summary>The keyword of an enum's member; null when it is none of theirs.</summary>
    public static string? KeywordOf(string member) => All.FirstOrDefault(kind => kind.Member == member)?.Keyword;
}
