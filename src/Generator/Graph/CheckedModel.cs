using System.Collections.Generic;
using ModelGen.Diagnostics;

namespace ModelGen.Graph;

/// <summary>What checking a spec gives.</summary>
/// <param name="Graph">The network; null when the spec has mistakes.</param>
/// <param name="Outline">What stands for the network then; null when nothing may be written for its class.</param>
/// <param name="HasShapes">Whether every layer has its shapes: only then was the network checked as a whole.</param>
/// <param name="Findings">What is wrong, or worth saying.</param>
internal sealed record CheckedModel(ModelGraph? Graph, ModelOutline? Outline, bool HasShapes, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many layers were read for it, each as often as its block is used.</summary>
    public int Layers { get; init; }
}
