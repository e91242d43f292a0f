using ModelGen.Collections;
using ModelGen.Diagnostics;

namespace ModelGen.Specs;

/// <summary>What a reader made of one source: the spec (null when nothing could be understood), where its parts stand, and what was wrong.</summary>
internal sealed record SpecReading(ModelSpec? Spec, SourceMap Map, EquatableArray<Finding> Findings)
{
    /// <summary>The places in other files, of blocks that stand there.</summary>
    public EquatableArray<SourceMap> Elsewhere { get; init; }

    /// <summary>The map of the file in which what <paramref name="path"/> names stands.</summary>
    public SourceMap MapOf(string path) =>
        (BlockSpec.NameIn(path) is { } block ? Elsewhere.FirstOrDefault(map => map.Has(BlockSpec.Path(block))) : null) ?? Map;
}
