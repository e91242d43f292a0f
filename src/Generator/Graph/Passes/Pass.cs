using System.Collections.Generic;

namespace ModelGen.Graph.Passes;

/// <summary>A rewrite of a forward pass that computes the same, faster. A class each, and no delegate: what a compiler keeps of a spec holds its passes.</summary>
/// <param name="name">What it does, for the head of a generated file.</param>
internal abstract class Pass(string name)
{
    /// <summary>All passes in the order in which they run: what is left decides about memory, which comes last.</summary>
    public static IReadOnlyList<Pass> All { get; } =
        [new UnusedSteps(), new MaxPoolFirst(), new BatchNormFusion(), new ChannelsLast(), new InPlaceActivation(), new EarlyRelease()];

    /// <summary>What it does, for the head of a generated file.</summary>
    public string Name { get; } = name;

    /// <summary>Gives the same plan back where there is nothing to do.</summary>
    public abstract ForwardPlan Apply(ForwardPlan plan);
}
