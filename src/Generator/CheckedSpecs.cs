using System.Collections.Generic;
using System.Runtime.CompilerServices;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>
/// Checks a spec once for both of its outputs. The code and the diagnostics are two steps of the pipeline, because a spec that only moved needs
/// the second alone; what the first found waits here for it. Nothing stays: an entry goes when it is used, or with its spec.
/// </summary>
internal static class CheckedSpecs
{
    private static readonly ConditionalWeakTable<ModelSpec, IReadOnlyList<Finding>> Waiting = new();

    /// <summary>For the code.</summary>
    public static CheckedModel Check(ModelSpec spec)
    {
        var model = ModelChecker.Check(spec);

        // An editor may run two edits of one state side by side: both find the same.
        Waiting.GetValue(spec, _ => model.Findings);
        return model;
    }

    /// <summary>For the diagnostics, after the code.</summary>
    public static IReadOnlyList<Finding> FindingsOf(ModelSpec spec)
    {
        if (!Waiting.TryGetValue(spec, out var findings))
            return ModelChecker.Check(spec).Findings;
        Waiting.Remove(spec);
        return findings;
    }
}
