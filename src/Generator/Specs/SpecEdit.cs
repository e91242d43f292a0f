using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>
/// One change of a spec, as data: the checker tries it on the graph before a message names it, and the editor's code fix writes it into
/// the source. A layer is meant by its index, so edits of one fix that change the number of layers are applied in their order.
/// </summary>
internal abstract record SpecEdit
{
    /// <summary>What the edit changes; of two fixes that change the same, a message names one.</summary>
    public abstract string Target { get; }

    public abstract ModelSpec Apply(ModelSpec spec);

    /// <summary>The same edit for a layer that stands <paramref name="index"/> places further back: a layer speaks of itself as 0.</summary>
    public virtual SpecEdit From(int index) => this;
}

/// <summary>Gives a setting of a layer a value, or drops it.</summary>
/// <param name="Layer">The layer's index.</param>
/// <param name="Name">The setting's name.</param>
/// <param name="Value">The new value; null drops the setting.</param>
internal sealed record SetLayerSetting(int Layer, string Name, SpecValue? Value) : SpecEdit
{
    public override string Target => $"{Layer}.{Name}{(Value is null ? "" : "=")}";

    public override ModelSpec Apply(ModelSpec spec) => spec with
    {
        Layers = EquatableArray<SectionSpec>.Of(spec.Layers.Select((section, index) => index == Layer ? section.With(Name, Value) : section)),
    };

    public override SpecEdit From(int index) => this with { Layer = Layer + index };
}

/// <summary>Puts a layer in front of the one at an index; behind the last one when it is their number.</summary>
internal sealed record InsertLayer(int At, SectionSpec Layer) : SpecEdit
{
    public override string Target => $"{At}+";

    public override ModelSpec Apply(ModelSpec spec) =>
        spec with { Layers = EquatableArray<SectionSpec>.Of([.. spec.Layers.Take(At), Layer, .. spec.Layers.Skip(At)]) };

    public override SpecEdit From(int index) => this with { At = At + index };
}

/// <summary>Takes a layer out.</summary>
internal sealed record RemoveLayer(int At) : SpecEdit
{
    public override string Target => $"{At}-";

    public override ModelSpec Apply(ModelSpec spec) => spec with { Layers = EquatableArray<SectionSpec>.Of(spec.Layers.Where((_, index) => index != At)) };

    public override SpecEdit From(int index) => this with { At = At + index };
}

/// <summary>Takes a layer from its place and puts it before another one that stands earlier.</summary>
internal sealed record MoveLayer(int At, int Before) : SpecEdit
{
    public override string Target => $"{At}>{Before}";

    public override ModelSpec Apply(ModelSpec spec) => new InsertLayer(Before, spec.Layers[At]).Apply(new RemoveLayer(At).Apply(spec));

    public override SpecEdit From(int index) => new MoveLayer(At + index, Before + index);
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

/// <summary>Gives the input other sizes.</summary>
internal sealed record SetInput(SpecValue Sizes) : SpecEdit
{
    public override string Target => "input";

    public override ModelSpec Apply(ModelSpec spec) => spec with { Input = Sizes };
}
