using System;
using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>A rewrite of a forward pass that computes the same, faster.</summary>
/// <param name="Name">What it does, for the head of a generated file.</param>
/// <param name="Apply">Gives the same plan back where there is nothing to do.</param>
internal sealed record Pass(string Name, Func<ForwardPlan, ForwardPlan> Apply)
{
    /// <summary>All passes in the order in which they run: what is left decides about memory, which comes last.</summary>
    public static IReadOnlyList<Pass> All { get; } = [UnusedSteps.Pass, MaxPoolFirst.Pass, BatchNormFusion.Pass, ChannelsLast.Pass, InPlaceActivation.Pass, EarlyRelease.Pass];
}
