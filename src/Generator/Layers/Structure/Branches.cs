using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Branches : Construct
{
    private static readonly string[] Merges = ["concat", "add", "mul"];

    private static readonly Parameter<SpecValue> Lists = Parameter.LayerListsOf(
        "branches", "The branches: two or more lists of layers, [] for the input as it is")
        .Such(SpecValue.Of(EquatableArray<SpecValue>.Of([
            SpecValue.Of(EquatableArray<SectionSpec>.Of([SectionSpec.Of("relu")])),
            SpecValue.Of(EquatableArray<SectionSpec>.Of([]))])));
    private static readonly Parameter<string> Merge = Parameter.Choice("merge", "What joins the branches' outputs", Merges, "concat");

    public override string Keyword => "branches";

    public override string AttributeName => "Branches";

    public override string Stem => "branches";

    public override string Doc => "Lists of layers beside each other: all receive the same, and their outputs are joined, along the channels by default";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Lists, Merge];

    public override void Read(ModuleReader reader, Settings settings, string? given, LayerPlace place)
    {
        var start = reader.Current;
        var ends = new List<int>();
        foreach (var branch in settings.Get(Lists).Items)
        {
            reader.Current = start;
            reader.Read(branch.Layers, new LayerPlace(ListOf(place, Lists), ends.Count).Path);
            ends.Add(reader.Current);
        }

        reader.Current = ends[0];
        reader.Append((LayerKind)LayerCatalogue.Find(settings.Get(Merge))!, new Settings(), given, [.. ends.Skip(1)], place);
    }
}
