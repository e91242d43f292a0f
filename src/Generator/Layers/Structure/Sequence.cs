using System.Collections.Generic;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Sequence : Construct
{
    private static readonly Parameter<SpecValue> Layers = Parameter.LayerList(
        "layers", "The layers, in the order in which data flows").Such(SpecValue.Of(EquatableArray<SectionSpec>.Of([SectionSpec.Of("relu")])));

    public override string Keyword => "sequence";

    public override string AttributeName => "Sequence";

    public override string Stem => "sequence";

    public override bool IsModule => true;

    public override string Doc => "Layers as a module of their own, PyTorch's Sequential: in the state_dict they are numbers below its name, features.0, features.3";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Layers];

    public override void Read(ModuleReader reader, Settings settings, string? given, LayerPlace place) =>
        reader.AppendSequence(settings.Get(Layers).Layers, ListOf(place, Layers), given, place);
}
