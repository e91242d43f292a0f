using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>
/// One change of a spec, as data: the checker tries it on the graph before a message names it, and the editor's code fix writes it into
/// the source. A layer is meant by its place, so edits of one fix that change the number of layers are applied in their order.
/// </summary>
internal abstract record SpecEdit
{
    /// <summary>What the edit changes; of two fixes that change the same, a message names one.</summary>
    public abstract string Target { get; }

    public abstract ModelSpec Apply(ModelSpec spec);

    /// <summary>The list of layers that it changes; null for what is no layer.</summary>
    public virtual string? List => null;

    /// <summary>The same edit for a layer at <paramref name="place"/>: a layer speaks of itself as number 0 of no list.</summary>
    public virtual SpecEdit From(LayerPlace place) => this;
}

/// <summary>Gives a setting of a layer a value, or drops it.</summary>
/// <param name="Layer">The layer's place.</param>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">The new value; null drops the setting.</param>
internal sealed record SetLayerSetting(LayerPlace Layer, string Name, SpecValue? Value) : SpecEdit
{
    public SetLayerSetting(string name, SpecValue? value)
        : this(default, name, value)
    {
    }

    public override string List => Layer.List;

    public override string Target => $"{Layer}.{Name}{(Value is null ? "" : "=")}";

    public override ModelSpec Apply(ModelSpec spec) => spec.WithLayers(Layer.List, layers =>
        layers.Select((section, index) => index == Layer.Index ? section.With(Name, Value) : section));

    public override SpecEdit From(LayerPlace place) => this with { Layer = place.Plus(Layer.Index) };
}

/// <summary>Puts a layer in front of the one at a place; behind the last one when it is their number.</summary>
internal sealed record InsertLayer(LayerPlace At, SectionSpec Layer) : SpecEdit
{
    public override string List => At.List;

    public override string Target => $"{At}+";

    public override ModelSpec Apply(ModelSpec spec) => spec.WithLayers(At.List, layers => [.. layers.Take(At.Index), Layer, .. layers.Skip(At.Index)]);

    public override SpecEdit From(LayerPlace place) => this with { At = place.Plus(At.Index) };
}

/// <summary>Takes a layer out.</summary>
internal sealed record RemoveLayer(LayerPlace At) : SpecEdit
{
    public override string List => At.List;

    public override string Target => $"{At}-";

    public override ModelSpec Apply(ModelSpec spec) => spec.WithLayers(At.List, layers => layers.Where((_, index) => index != At.Index));

    public override SpecEdit From(LayerPlace place) => new RemoveLayer(place.Plus(At.Index));
}

/// <summary>Takes a layer from its place and puts it before another one that stands earlier in the same list.</summary>
internal sealed record MoveLayer(LayerPlace At, int Before) : SpecEdit
{
    public override string List => At.List;

    public override string Target => $"{At}>{Before}";

    public override ModelSpec Apply(ModelSpec spec) => spec.WithLayers(At.List, layers =>
        [.. layers.Take(Before), layers[At.Index], .. layers.Skip(Before).Where((_, index) => index != At.Index - Before)]);
}

/// <summary>Gives a setting of the training section or of the data source a value, or drops it.</summary>
/// <param name="Section"><c>training</c> or <c>data</c>.</param>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">The new value; null drops the setting.</param>
internal sealed record SetSectionSetting(string Section, string Name, SpecValue? Value) : SpecEdit
{
    public override string Target => $"{Section}.{Name}";

    public override ModelSpec Apply(ModelSpec spec) => Section == "training"
        ? spec with { Training = spec.Training?.With(Name, Value) }
        : spec with { Data = spec.Data?.With(Name, Value) };
}

/// <summary>Gives an input other sizes, or another type.</summary>
/// <param name="Name">What it gives another value.</param>
/// <param name="Value">The new value.</param>
internal sealed record SetInput(string Name, SpecValue Value) : SpecEdit
{
    /// <summary>The input, by its number.</summary>
    public int Input { get; init; }

    public override string Target => $"input[{Input}].{Name}";

    public override ModelSpec Apply(ModelSpec spec) =>
        spec with { Inputs = EquatableArray<SectionSpec>.Of(spec.Inputs.Select((input, index) => index == Input ? input.With(Name, Value) : input)) };
}
