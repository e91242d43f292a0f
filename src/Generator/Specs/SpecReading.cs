using ModelGen.Collections;
using ModelGen.Diagnostics;

namespace ModelGen.Specs;

/// <summary>What a reader made of one source: the spec (null when nothing could be understood), where its parts stand, and what was wrong.</summary>
internal sealed record SpecReading(ModelSpec? Spec, SourceMap Map, EquatableArray<Finding> Findings);
