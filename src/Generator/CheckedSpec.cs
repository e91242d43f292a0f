using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>A spec with what checking it gave. That follows from the spec, so the spec alone is compared.</summary>
internal sealed class CheckedSpec(ModelSpec spec, CheckedModel model) : IEquatable<CheckedSpec>
{
    public ModelSpec Spec { get; } = spec;

    public CheckedModel Model { get; } = model;

    public bool Equals(CheckedSpec? other) => other is not null && Spec.Equals(other.Spec);

    public override bool Equals(object? obj) => Equals(obj as CheckedSpec);

    public override int GetHashCode() => Spec.GetHashCode();

    /// <summary>The classes that more than one spec declares. Case does not tell generated files apart.</summary>
    public static EquatableArray<string> Duplicates(IEnumerable<string> names) => EquatableArray<string>.Of(names
        .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).SelectMany(group => group).Distinct(StringComparer.Ordinal)
        .OrderBy(name => name, StringComparer.Ordinal));
}

/// <summary>A source's spec, checked once: for its code, and for what is to be said of it.</summary>
/// <param name="Spec">The spec; null when nothing could be understood.</param>
/// <param name="Map">Where its parts stand.</param>
/// <param name="Findings">What its reader and the checker found.</param>
internal sealed record CheckedReading(CheckedSpec? Spec, SourceMap Map, EquatableArray<Finding> Findings)
{
    public static CheckedReading Of(SpecReading reading, CancellationToken cancellation = default)
    {
        if (reading.Spec is not { } spec)
            return new CheckedReading(null, reading.Map, reading.Findings);
        var model = ModelChecker.Check(spec, cancellation);
        return new CheckedReading(new CheckedSpec(spec, model), reading.Map, EquatableArray<Finding>.Of([.. reading.Findings, .. model.Findings]));
    }
}
