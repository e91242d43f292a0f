using System.Globalization;
using ModelGen.Collections;
using ModelGen.Formats;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>Layers as a spec: those that the outputs need, in their order, each with a name of its own.</summary>
/// <param name="inputs">The network's inputs, which have their names.</param>
/// <param name="layers">All layers, each behind those whose outputs it takes.</param>
/// <param name="outputs">What the network gives.</param>
internal sealed class ImportedNetwork(IReadOnlyList<ImportedInput> inputs, IReadOnlyList<ImportedLayer> layers, IReadOnlyList<ImportedLayer> outputs)
{
    /// <summary>The spec and its weights.</summary>
    /// <param name="name">The class.</param>
    /// <param name="space">Its namespace.</param>
    public (ModelSpec Spec, StateDict Weights) Write(string name, string space)
    {
        var needed = Needed();
        Names(needed, name);
        var sections = needed.Select((layer, index) => Section(layer, index == 0 ? inputs[0] : needed[index - 1])).ToArray();
        var isLast = outputs.Count == 1 && needed.Count > 0 && ReferenceEquals(outputs[0], needed[^1]);
        var spec = new ModelSpec(
            name + JsonSpecReader.FileEnding, space, default, name, "public",
            EquatableArray<SectionSpec>.Of(inputs.Select(Input)), EquatableArray<SectionSpec>.Of(sections), null, null, null, IsSound: true, IsWritable: true)
        {
            Outputs = isLast ? null : Texts(outputs.Select(output => output.Name)),
        };
        return (spec, new StateDict(
            [
                .. needed.SelectMany(layer => layer.Weights.Select(weight =>
                    new StateDictEntry(weight.Name.Length == 0 ? layer.Name : $"{layer.Name}.{weight.Name}", weight.Tensor)))
            ],
            []));
    }

    private List<ImportedLayer> Needed()
    {
        var needed = new HashSet<ImportedValue>(outputs, ReferenceEqualityComparer.Instance);
        foreach (var layer in layers.Reverse().Where(needed.Contains))
            needed.UnionWith(layer.Inputs);
        return [.. layers.Where(needed.Contains)];
    }

    // A layer's number counts its like, those with names of their own too, as the checker counts.
    private void Names(List<ImportedLayer> needed, string type)
    {
        var taken = inputs.Select(input => LayerName.Of(input.Name).Member).Append(type).ToHashSet(StringComparer.Ordinal);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var layer in needed)
        {
            var number = counts[layer.Kind.Stem] = counts.GetValueOrDefault(layer.Kind.Stem) + 1;
            var usual = layer.Kind.Stem + number.ToString(CultureInfo.InvariantCulture);
            var name = layer.Hint is { } hint ? Word(hint) : usual;
            for (var next = 2; LayerNaming.IsMember(LayerName.Of(name).Member) || !taken.Add(LayerName.Of(name).Member); next++)
                name = $"{(layer.Hint is { } again ? Word(again) : usual)}_{next.ToString(CultureInfo.InvariantCulture)}";
            layer.Name = name;
            _isUsual[layer] = name == usual;
        }
    }

    private readonly Dictionary<ImportedLayer, bool> _isUsual = [];

    private SectionSpec Section(ImportedLayer layer, ImportedValue before)
    {
        var settings = layer.Settings.ToList();
        if (layer.Inputs.Count > 1)
            settings.Add(new SettingSpec(layer.Kind.Operands!.Name, Texts(layer.Inputs.Skip(1).Select(input => input.Name))));
        if (!_isUsual[layer])
            settings.Add(new SettingSpec(CatalogueEntry.LayerName.Name, SpecValue.Of(layer.Name)));
        if (!ReferenceEquals(layer.Inputs[0], before))
            settings.Add(new SettingSpec(CatalogueEntry.From.Name, SpecValue.Of(layer.Inputs[0].Name)));
        return SectionSpec.Of(layer.Kind.Keyword, [.. settings]);
    }

    private static SectionSpec Input(ImportedInput input)
    {
        var sizes = new SettingSpec(ModelSpec.InputShape, SpecValue.OfNumbers(input.Shape.Sizes));
        return input.Shape.IsIndices
            ? SectionSpec.Of(input.Name, sizes, new SettingSpec(ModelSpec.InputType, SpecValue.Of("int64")))
            : SectionSpec.Of(input.Name, sizes);
    }

    private static SpecValue Texts(IEnumerable<string> names) => SpecValue.Of(EquatableArray<SpecValue>.Of(names.Select(SpecValue.Of)));

    /// <summary>A name in a file as a name that a layer can have: <c>layer1.0.conv1</c> is <c>layer1_0_conv1</c>.</summary>
    public static string Word(string name)
    {
        var word = string.Concat(name.Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_')).Trim('_');
        return SpecNames.IsValid(word) ? word : SpecNames.IsValid("n" + word) ? "n" + word : "n" + word[..Math.Min(word.Length, 80)];
    }
}
