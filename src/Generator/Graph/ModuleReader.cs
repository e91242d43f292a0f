using System.Collections.Generic;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// Reads the layers of one module in the order in which data flows: binds them to the catalogue, names them and has their shapes inferred. Behind a
/// layer that is wrong the others are still read, but have no shapes, so that one mistake gives one finding.
/// </summary>
internal sealed partial class ModuleReader
{
    /// <summary>With more findings than that, the first missing name of a list is enough.</summary>
    private const int MostSaid = 100;

    private readonly NetworkReader _network;
    private readonly ModuleDefinition _definition;
    private readonly LayerNaming _naming;
    private readonly Bindings? _bindings;
    private readonly string _typePrefix;
    private readonly ValueTable _values;
    private readonly ShapeInference _inference;

    /// <param name="network">The network that the module is part of.</param>
    /// <param name="definition">What the module is an instance of.</param>
    /// <param name="typePrefix">What the types of the sequences inside begin with.</param>
    /// <param name="naming">Names its layers.</param>
    /// <param name="bindings">The parameters of the block around it, with their values; null outside of blocks.</param>
    /// <param name="values">Its inputs.</param>
    public ModuleReader(NetworkReader network, ModuleDefinition definition, string typePrefix, LayerNaming naming, Bindings? bindings, ValueTable values)
    {
        (_network, _definition, _typePrefix, _naming, _bindings, _values) = (network, definition, typePrefix, naming, bindings, values);
        _inference = new ShapeInference(network, values);
        network.Outline.Add(definition, naming.Named, values.InputNames);
    }

    // Whether the layers stand in a structure that is not there in this use of the block: each lets its input through.
    private bool _isBypassing;

    /// <summary>The value that flows into the next layer.</summary>
    public int Current { get; set; }

    /// <summary>The shape of a value; null when something before it is wrong.</summary>
    public TensorShape? ShapeOf(int value) => _values.ShapeOf(value);

    public void Read(EquatableArray<SectionSpec> layers, string list) => _network.ReadList(list, () =>
    {
        for (var i = 0; i < layers.Count && _network.CountLayer(); i++)
            Read(layers[i], new LayerPlace(list, i));
    });

    /// <summary>The module; null when anything in it is wrong.</summary>
    /// <param name="outputs">The values that it gives; null for the current one.</param>
    /// <param name="inputs">The path of its inputs.</param>
    public ModuleGraph? Complete(IReadOnlyList<int>? outputs = null, string inputs = "inputs")
    {
        outputs ??= [Current];
        if (!_values.IsSound)
            return null;
        foreach (var finding in UnusedOutputs.Find(_values, outputs, inputs, _values.Prefix.Length == 0 && _network.MayGiveMore))
            _network.Report(finding);
        return new ModuleGraph(_definition, _values.Inputs, _values.Nodes, outputs, _bindings?.Values ?? []);
    }

    /// <summary>Whether a layer of the module can still have that name.</summary>
    public bool IsFree(string name) => _naming.IsFree(name);

    /// <summary>
    /// The value of that name when all layers were read, or -1 when there is none, which is then said of <paramref name="path"/>, unless a layer has the
    /// name: that was wrong, and is said already.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="what">What asks for it.</param>
    /// <param name="path">Where.</param>
    public int FindOutput(string name, string what, string path)
    {
        var value = _values.Find(name);
        if (value < 0 && !_values.IsGiven(name))
            _network.Report(_values.NotFound(name, what, null, path));
        return value;
    }

    /// <summary>Puts a layer behind the current value. Nothing flows on when it is wrong.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="settings">Its settings; null when they are wrong.</param>
    /// <param name="given">The name that the spec gives, or null.</param>
    /// <param name="operands">What it takes beside the current value; null when one of them is wrong.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="fixes">What may mend it where its inputs don't fit, as edits in which the layer there is number 0.</param>
    public void Append(LayerKind kind, Settings? settings, string? given, IReadOnlyList<int>? operands, LayerPlace place, params Fix[] fixes)
    {
        if (_isBypassing)
        {
            AppendBypass(kind, given, operands ?? [], place);
            return;
        }

        var name = NameOf(kind, given, place);
        if (settings is not null && operands is not null && _inference.Infer(kind, name, settings, SourcesOf(operands), place, fixes) is { } node)
            Add(node);
        else
            AddUnknown(name);
    }

    private int[] SourcesOf(IReadOnlyList<int> operands) => operands.Count == 0 ? [Current] : [Current, .. operands];

    /// <summary>Lets the current value through under a name of its own, where other uses of the block have a layer or a module.</summary>
    public void AppendBypass(LayerKind kind, string? given, IReadOnlyList<int> operands, LayerPlace place) =>
        Bypass(NameOf(kind, given, place, isThere: false), operands, place);

    /// <summary>Puts a sequence of layers behind the current value, as a module of its own whose layers have numbers for names.</summary>
    /// <param name="layers">The layers; null for a place that is left empty in this use of the block.</param>
    /// <param name="list">The path of the list.</param>
    /// <param name="given">The name that the spec gives, or null.</param>
    /// <param name="place">Where the sequence stands.</param>
    public void AppendSequence(EquatableArray<SectionSpec>? layers, string list, string? given, LayerPlace place)
    {
        var isThere = layers is not null && !_isBypassing;
        var name = _naming.Next("sequence", place, given, isThere, _typePrefix, static (prefix, member) => $"{prefix}{member}Layers", "sequence");
        var type = $"{_typePrefix}{name.Member}Layers";
        if (_network.ObjectionToSequence(type) is { } objection)
        {
            _network.Report(Finding.Of(Rules.InvalidName, place.Path + "." + CatalogueEntry.LayerName.Name, name.Key, objection));
            AddUnknown(name);
            return;
        }

        if (!isThere)
        {
            Bypass(name, [], place);
            return;
        }

        var prefix = _values.Prefix + name.Key + ".";
        string[] inputs = [ModelSpec.OnlyInput];
        var count = layers!.Value.Count;
        var inner = new ModuleReader(
            _network, new ModuleDefinition(type, IsBlock: false), _typePrefix + name.Member, _network.Naming(type, inputs, isNumbered: true, count),
            _bindings, ValueTable.OfModule(prefix, inputs, [ShapeOf(Current)], count));
        inner.Read(layers.Value, list);
        AddModule(name, place, [Current], inner.Complete());
    }

    private void Read(SectionSpec section, LayerPlace place)
    {
        if (!section.IsReadable)
        {
            AddUnknown(null);
            return;
        }

        switch (LayerCatalogue.Find(section.Keyword))
        {
            case { } entry:
                ReadEntry(entry, section, place);
                break;
            case null when _network.Use(section.Keyword) is { } block:
                ReadBlock(block, section, place);
                break;
            case null when _network.IsRefused(section.Keyword):
                AddUnknown(null);
                break;
            default:
                _network.Report(Finding.Of(
                    Rules.UnknownLayer, SourceMap.KeyOf(place.Path), SpecValue.Shorten(section.Keyword), _network.Instead(section.Keyword, ShapeOf(Current))));
                AddUnknown(null);
                break;
        }
    }

    private void ReadEntry(CatalogueEntry entry, SectionSpec section, LayerPlace place)
    {
        var settings = _network.Bind(section, entry.Keyword, place.Path, entry.Settings, _bindings);
        var given = SettingsBinder.NameOf(section);
        var isFromFound = TakeFrom(settings, entry.Keyword, given, place);
        if (entry is Construct construct)
        {
            if (settings is not null && isFromFound)
            {
                ReadConstruct(construct, settings, given, place);
                return;
            }

            _network.UseBlocks(EquatableArray<SectionSpec>.Of([section]));
            Current = _values.AddUnknown(given);
            return;
        }

        var kind = (LayerKind)entry;
        if (settings?.Get(CatalogueEntry.When) == false)
            AppendBypass(kind, given, isFromFound ? OperandsOf(kind, settings, given, place) ?? [] : [], place);
        else
            Append(kind, settings, given, isFromFound ? OperandsOf(kind, settings, given, place) : null, place);
    }

    private void ReadConstruct(Construct construct, Settings settings, string? given, LayerPlace place)
    {
        var isBypassed = _isBypassing;
        _isBypassing |= !settings.Get(CatalogueEntry.When);
        construct.Read(this, settings, given, place);
        _isBypassing = isBypassed;
    }

    /// <summary>Whether what the layer asks to receive exists; it is the current value then.</summary>
    private bool TakeFrom(Settings? settings, string keyword, string? given, LayerPlace place)
    {
        if (settings?.Has(CatalogueEntry.From) != true)
            return true;
        var (name, from) = (settings.Get(CatalogueEntry.From), CatalogueEntry.From.Name);
        var value = _values.Find(name);
        if (value < 0)
        {
            _network.Report(_values.NotFound(name, keyword, given, place.Path + "." + from)
                .WithFixes(name == given ? [Fix.Of($"remove '{from}'", new SetLayerSetting(place, from, null))] : []));
        }

        // What is not there passes on what flows into the structure around it, and nothing else.
        if (value >= 0 && !_isBypassing)
            Current = value;
        return value >= 0;
    }

    private int[]? OperandsOf(LayerKind kind, Settings? settings, string? given, LayerPlace place)
    {
        if (kind.AllOperands.Count == 0)
            return [];
        var operands = new List<int>();
        foreach (var parameter in kind.AllOperands)
        {
            if (settings is null || Find(settings.Get(parameter), kind.Keyword, given, place.Path + "." + parameter.Name) is not { } found)
                return null;
            operands.AddRange(found);
        }

        return [.. operands];
    }

    private int[]? Find(IReadOnlyList<string> names, string keyword, string? given, string path)
    {
        var (values, areFound) = (new int[names.Count], true);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = _values.Find(names[i]);
            // Looking for the name that was meant is dear: whoever has so many mistakes starts with the first.
            if (values[i] >= 0 || (!areFound && _network.FindingCount > MostSaid))
                continue;
            areFound = false;
            _network.Report(_values.NotFound(names[i], keyword, given, new LayerPlace(path, i).Path));
        }

        return areFound ? values : null;
    }

    private LayerName NameOf(LayerKind kind, string? given, LayerPlace place, bool isThere = true) =>
        _naming.Next(kind.Stem, place, given, isThere && kind.TorchType is not null, kind, static (kind, _) => kind.TorchType, kind.Keyword);

    private void AddModule(LayerName name, LayerPlace place, IReadOnlyList<int> sources, ModuleGraph? module)
    {
        if (module is null)
            AddUnknown(name);
        else
            Add(new ModuleNode(name, place, sources, module.Output, module));
    }

    private void Bypass(LayerName name, IReadOnlyList<int> operands, LayerPlace place)
    {
        if (ShapeOf(Current) is { } shape)
            Add(new BypassNode(name, place, SourcesOf(operands), shape));
        else
            AddUnknown(name);
    }

    private void Add(GraphNode node) => Current = _values.Add(node);

    private void AddUnknown(LayerName? name) => Current = _values.AddUnknown(name?.Key);
}
