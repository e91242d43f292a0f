using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>A way to mend a mistake, in words and as edits. It is named only when the graph was checked with it and has fewer mistakes.</summary>
/// <param name="Words">What to do, without its full stop: "put flatten before it, which gives [N, 1568]".</param>
/// <param name="Edits">The same, as changes of the spec.</param>
internal sealed record Fix(string Words, EquatableArray<SpecEdit> Edits)
{
    public static Fix Of(string words, params SpecEdit[] edits) => new(words, EquatableArray<SpecEdit>.Of(edits));

    /// <summary>The words as a sentence or an editor's offer begins.</summary>
    public string Title => char.ToUpperInvariant(Words[0]) + Words.Substring(1);

    public string Target => Edits[0].Target;

    public ModelSpec Apply(ModelSpec spec) => Edits.Aggregate(spec, (changed, edit) => edit.Apply(changed));

    /// <summary>The same for the layer at <paramref name="place"/>, when the edits speak of it as 0.</summary>
    public Fix From(LayerPlace place) => this with { Edits = EquatableArray<SpecEdit>.Of(Edits.Select(edit => edit.From(place))) };
}
