using System;
using System.Collections.Generic;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Residual : Construct
{
    private const string Identity = "identity";
    private const string Projection = "projection";
    private const string SameShape = "same_shape";

    private static readonly Parameter<SpecValue> Layers = Parameter.LayerList(
        "layers", "The layers whose output is added to their input").Such(SpecValue.Of(EquatableArray<SectionSpec>.Of([SectionSpec.Of("relu")])));

    private static readonly Parameter<SpecValue> Shortcut = Parameter.LayerList(
        "shortcut",
        "What the input goes through: 'identity' nothing, 'projection' conv2d of 1x1 and batch_norm2d where the shapes differ, as 'downsample'; 'same_shape' adds only where the shapes are equal",
        Identity, Projection, SameShape);

    private static readonly Parameter<double> DropPath = Parameter.Real(
        "drop_path", "The probability of a sample's layers to be dropped in training: stochastic depth", 0, 0, max: 1);

    public override string Keyword => "residual";

    public override string AttributeName => "Residual";

    public override string Stem => "residual";

    public override string Doc => "Adds the output of layers to their input: x + f(x)";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Layers, Shortcut, DropPath];

    public override void Read(ModuleReader reader, Settings settings, string? given, LayerPlace place)
    {
        var start = reader.Current;
        reader.Read(settings.Get(Layers).Layers, ListOf(place, Layers));
        var (from, to) = (reader.ShapeOf(start), reader.ShapeOf(reader.Current));
        var isAdded = settings.Get(Shortcut).Text != SameShape || from is null || to is null || from == to;
        if (settings.Get(DropPath) > 0)
        {
            var drop = (LayerKind)LayerCatalogue.Find("drop_path")!;
            if (isAdded)
                reader.Append(drop, ModelGen.Layers.Settings.Of(drop.Parameters[0], settings.Get(DropPath)), null, [], place);
            else
                reader.AppendBypass(drop, null, [], place);
        }

        var body = reader.Current;
        reader.Current = start;
        ReadShortcut(reader, settings.Get(Shortcut), from, to, place);
        var shortcut = reader.Current;
        reader.Current = body;
        var add = (LayerKind)LayerCatalogue.Find("add")!;
        if (isAdded)
            reader.Append(add, new Settings(), given, [shortcut], place, settings.Get(Shortcut).Text == Identity && to is not null ? [Projected(to.Value)] : []);
        else
            reader.AppendBypass(add, given, [shortcut], place);
    }

    // Tried, as all fixes are: of what is no image, or where the strides don't come out, it does not help.
    private static Fix Projected(TensorShape to) =>
        Fix.Of($"write shortcut '{Projection}', which gives {to}", new SetLayerSetting(Shortcut.Name, SpecValue.Of(Projection)));

    private static void ReadShortcut(ModuleReader reader, SpecValue shortcut, TensorShape? from, TensorShape? to, LayerPlace place)
    {
        if (shortcut.Kind == SpecValueKind.Layers)
            reader.Read(shortcut.Layers, ListOf(place, Shortcut));
        else if (shortcut.Text == Projection)
            reader.AppendSequence(
                from is { Rank: 4 } && to is { Rank: 4 } && from != to ? Project(from.Value, to.Value) : null,
                ListOf(place, Shortcut),
                reader.IsFree("downsample") ? "downsample" : null,
                place);
    }

    /// <summary>A convolution of single values, at the stride that gives the other size, and batch norm: He et al. 2015, section 3.3, option B.</summary>
    private static EquatableArray<SectionSpec> Project(TensorShape from, TensorShape to)
    {
        return EquatableArray<SectionSpec>.Of(
        [
            SectionSpec.Of(
                "conv2d",
                new SettingSpec("out_channels", SpecValue.Of(to[0])),
                new SettingSpec("kernel_size", SpecValue.Of(1)),
                new SettingSpec("stride", SpecValue.OfNumbers([Stride(1), Stride(2)])),
                new SettingSpec("bias", SpecValue.Of(false))),
            SectionSpec.Of("batch_norm2d"),
        ]);

        long Stride(int direction) => Math.Max(1, (from[direction] + to[direction] - 1) / to[direction]);
    }
}
