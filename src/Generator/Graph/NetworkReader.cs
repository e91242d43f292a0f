using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>What the modules of a network share while they are read: its blocks, what was found, and how much was read already.</summary>
internal sealed class NetworkReader(ModelSpec spec, Backend backend, List<Finding> findings, CancellationToken cancellation)
{
    /// <summary>Blocks in blocks; no published network comes near.</summary>
    private const int MaxDepth = 32;

    /// <summary>Lists of layers in lists of layers, through blocks and structures: the stack is not endless.</summary>
    private const int MaxLists = 100;

    private readonly Dictionary<string, BlockSpec> _blocks = ByName(spec.Blocks);

    // The classes inside of the network's own: those of its blocks, and of its sequences as they are met.
    private readonly HashSet<string> _types = [.. spec.Blocks.Select(block => block.Name)];

    // A use of 'Cell' is one of the block 'cell', which was refused for that letter.
    private readonly HashSet<string> _refused = new(spec.RefusedBlocks, StringComparer.OrdinalIgnoreCase);
    private bool _isCut;
    private int _lists;
    private readonly List<string> _open = [];
    private readonly HashSet<string> _used = [];
    private readonly List<Finding> _findings = findings;
    private readonly HashSet<(Rule, string)> _reported = [];

    // A network of a hundred equal blocks is read as one of them, and of each with how many layers that was.
    private readonly Dictionary<BlockKey, (ModuleGraph Module, int Layers)> _read = [];
    private LayerNaming? _root;

    private readonly record struct BlockKey(string Name, EquatableArray<SpecValue> Arguments, EquatableArray<TensorShape> Inputs);

    /// <summary>How much was found, in the network and before it.</summary>
    public int FindingCount => _findings.Count;

    /// <summary>What it is compiled to.</summary>
    public Backend Backend { get; } = backend;

    /// <summary>Whether the network may give more than one output: the training loop judges one.</summary>
    public bool MayGiveMore { get; } = spec.Training is null;

    /// <summary>How many layers were read, each as often as its block is used: what checking the spec costs.</summary>
    public int Layers { get; private set; }

    public OutlineBuilder Outline { get; } = new(spec);

    /// <summary>
    /// The end of the sentence on a layer that there is not: what it is called here, or what was most likely meant. Of layers that only the number of
    /// directions tells apart it is the one that takes the shape, and that of images where it is not known; a block of the spec's own goes before them.
    /// </summary>
    public string Instead(string written, TensorShape? shape)
    {
        var directions = (shape?.Rank ?? 4) - 2;
        if (!_blocks.Keys.Contains(written, StringComparer.OrdinalIgnoreCase) && Synonyms.Find(written, directions) is { } called)
            return $": it is called '{called.Keyword}' here.";
        var meant = Suggestion.Nearest(written, _blocks.Keys.Concat(LayerCatalogue.All
            .Select(entry => entry.Keyword)
            .OrderBy(keyword => !keyword.EndsWith(directions + "d", StringComparison.Ordinal))));
        // A block whose name is mistyped is used all the same.
        if (meant is not null)
            Use(meant);
        return Suggestion.Words(meant);
    }

    /// <summary>A block is read once for each of its uses, but says what is wrong with it once.</summary>
    public void Report(Finding finding) => Report([finding]);

    /// <summary>The same of what is wrong with one section, which may be more than one thing at one place.</summary>
    private void Report(IReadOnlyList<Finding> section)
    {
        _findings.AddRange(section.Where(finding => !_reported.Contains((finding.Rule, finding.Path))));
        _reported.UnionWith(section.Select(finding => (finding.Rule, finding.Path)));
    }

    /// <summary>The settings of a section among the layers; null when anything is wrong with it, which is then said.</summary>
    public Settings? Bind(SectionSpec section, string what, string path, IReadOnlyList<Parameter> parameters, Bindings? bindings)
    {
        var wrong = new List<Finding>();
        var settings = SettingsBinder.Bind(section, what, path, parameters, wrong, bindings);
        if (settings is null)
            Report(wrong);
        return settings;
    }

    /// <summary>Reads a list of layers, unless it stands in too many others, which is said.</summary>
    public void ReadList(string list, Action read)
    {
        if (_lists == MaxLists)
        {
            _isCut = true;
            Report(Finding.Of(Rules.SpecTooLarge, list, $"lists of layers {MaxLists + 1} levels deep", $"{MaxLists} levels"));
            return;
        }

        _lists++;
        read();
        _lists--;
    }

    /// <summary>Counts more layers; false when the network has too many, which is said once.</summary>
    public bool CountLayer(int layers = 1)
    {
        cancellation.ThrowIfCancellationRequested();
        // Beyond the limit nothing is added, so that no sum overflows.
        if (Layers <= ModelChecker.MaxLayers && (Layers += layers) <= ModelChecker.MaxLayers)
            return true;
        _isCut = true;
        Report(Finding.Of(
            Rules.SpecTooLarge, LayerLists.Root,
            $"more than {Amount.Of(ModelChecker.MaxLayers, "layers")} when its blocks are written out",
            Amount.Of(ModelChecker.MaxLayers, "layers")));
        return false;
    }

    /// <summary>The block of that name, which a layer uses; null when there is none.</summary>
    public BlockSpec? Use(string name)
    {
        if (!_blocks.TryGetValue(name, out var block))
            return null;
        if (_used.Add(name))
            UseBlocks(block.Layers);
        return block;
    }

    /// <summary>Takes the blocks among layers as used, and those that they use: where the layer around them is wrong, or is not there, they are not read.</summary>
    public void UseBlocks(EquatableArray<SectionSpec> layers)
    {
        // One after the other: blocks may use each other deeper than the stack is.
        var lists = new Stack<EquatableArray<SectionSpec>>([layers]);
        while (lists.Count > 0)
        {
            foreach (var layer in lists.Pop())
            {
                if (_blocks.TryGetValue(layer.Keyword, out var block) && _used.Add(layer.Keyword))
                    lists.Push(block.Layers);
                if (LayerCatalogue.Find(layer.Keyword) is Construct)
                    lists.Push(ListsOf(layer));
            }
        }
    }

    /// <summary>Whether the block of that name can't be a class, which was said.</summary>
    public bool IsRefused(string block) => !_blocks.ContainsKey(block) && _refused.Contains(block);

    /// <summary>Names the layers of a module that is part of the network.</summary>
    public LayerNaming Naming(string type, IReadOnlyList<string> inputs, bool isNumbered, int layers) => new(type, [], inputs, isNumbered, layers, this);

    /// <summary>Why a sequence's class can't have that name, or null when it can; no layer behind it can have the name then.</summary>
    public string? ObjectionToSequence(string type)
    {
        if (type == spec.Name)
            return "its class would have the name of the network";
        if (_root!.HasMember(type))
            return $"its class would have the name of the property '{type}'";
        _types.Add(type);
        return null;
    }

    /// <summary>The network itself, or what could be made of it.</summary>
    public ModuleGraph? ReadRoot(IReadOnlyList<GraphInput> inputs)
    {
        foreach (var block in spec.Blocks)
            CheckNames(block);
        // Of more than that none is read.
        var layers = Math.Min(spec.Layers.Count, ModelChecker.MaxLayers);
        var names = inputs.Count == 0 ? NetworkInputs.Likely(spec) : inputs.Select(input => input.Name).ToArray();
        var naming = _root = new LayerNaming(spec.Name, _types, names, isNumbered: false, layers, this);
        var shapes = inputs.Count == 0 ? new TensorShape?[names.Length] : inputs.Select(input => (TensorShape?)input.Shape).ToArray();
        var root = new ModuleReader(
            this, new ModuleDefinition(spec.Name, IsBlock: false), "", naming, null,
            ValueTable.OfModule("", names, shapes, layers, GivenNames(spec.Layers)));
        if (spec.Layers.Count > ModelChecker.MaxLayers)
            Report(Finding.Of(Rules.SpecTooLarge, LayerLists.Root, Amount.Of(spec.Layers.Count, "layers"), Amount.Of(ModelChecker.MaxLayers, "layers")));
        else if (spec.Layers.Count > 0)
            root.Read(spec.Layers, LayerLists.Root);
        else if (spec.IsSound)
            Report(Finding.Of(Rules.MissingProperty, LayerLists.Root, "The spec", "layers", "at least one layer"));
        var graph = NetworkOutputs.Find(spec, root, this) is { } outputs ? root.Complete(outputs) : null;
        foreach (var block in spec.Blocks.Where(block => !_isCut && !_used.Contains(block.Name)))
            Report(Finding.Of(Rules.UnusedBlock, SourceMap.KeyOf(BlockSpec.Path(block.Name)), block.Name));
        return Layers is 0 or > ModelChecker.MaxLayers ? null : graph;
    }

    /// <summary>One use of a block; null when anything in it is wrong.</summary>
    public ModuleGraph? Instantiate(BlockSpec block, Bindings arguments, string prefix, IReadOnlyList<TensorShape?> inputs, LayerPlace place)
    {
        var isCircle = _open.Contains(block.Name);
        if (isCircle || _open.Count == MaxDepth)
        {
            _isCut = true;
            var circle = string.Join(" -> ", _open.SkipWhile(name => name != block.Name).Append(block.Name));
            Report(isCircle
                ? Finding.Of(Rules.BlockInItself, SourceMap.KeyOf(place.Path), block.Name, circle)
                : Finding.Of(Rules.SpecTooLarge, SourceMap.KeyOf(place.Path), $"blocks in blocks {MaxDepth + 1} levels deep", $"{MaxDepth} levels"));
            return null;
        }

        var key = inputs.All(input => input is not null)
            ? new BlockKey(
                block.Name,
                EquatableArray<SpecValue>.Of(arguments.Values.Select(argument => argument.Value)),
                EquatableArray<TensorShape>.Of(inputs.Select(input => input!.Value)))
            : default;
        if (key.Name is not null && _read.TryGetValue(key, out var same))
            return CountLayer(same.Layers) ? same.Module : null;

        var layers = Layers;
        _open.Add(block.Name);
        var naming = Naming(block.Name, block.Inputs, block.IsNumbered, block.Layers.Count);
        var reader = new ModuleReader(
            this, new ModuleDefinition(block.Name, IsBlock: true), block.Name, naming, arguments.WithInput(inputs[0]),
            ValueTable.OfModule(prefix, block.Inputs, inputs, block.Layers.Count, GivenNames(block.Layers)));
        reader.Read(block.Layers, BlockSpec.ListOf(block.Name));
        _open.RemoveAt(_open.Count - 1);
        var module = reader.Complete(inputs: BlockSpec.Path(block.Name) + ".inputs");
        if (module is not null && key.Name is not null)
            _read.Add(key, (module, Layers - layers));
        return module;
    }

    private void CheckNames(BlockSpec block)
    {
        var path = BlockSpec.Path(block.Name);
        if (BlockNames.Objection(block.Name, spec.Name, Backend) is { } objection)
            Refuse(block, Finding.Of(Rules.InvalidName, SourceMap.KeyOf(path), SpecValue.Shorten(block.Name), objection));
        else if (block.Inputs.Count > NetworkInputs.Most)
            Refuse(block, Finding.Of(Rules.SpecTooLarge, path + ".inputs", Amount.Of(block.Inputs.Count, "inputs"), Amount.Of(NetworkInputs.Most, "inputs")));
        for (var i = 0; i < block.Parameters.Count; i++)
        {
            if (BlockNames.ObjectionToParameter(block.Parameters[i].Name) is { } reserved)
                Report(Finding.Of(Rules.InvalidName, new LayerPlace(path + ".parameters", i).Path, block.Parameters[i].Name, reserved));
        }
    }

    private void Refuse(BlockSpec block, Finding why)
    {
        _refused.Add(block.Name);
        _blocks.Remove(block.Name);
        _types.Remove(block.Name);
        _used.Add(block.Name);
        Report(why);
    }

    // Of two blocks of one name the first has it.
    private static Dictionary<string, BlockSpec> ByName(EquatableArray<BlockSpec> blocks)
    {
        var byName = new Dictionary<string, BlockSpec>();
        foreach (var block in blocks)
        {
            if (!byName.ContainsKey(block.Name))
                byName.Add(block.Name, block);
        }

        return byName;
    }

    /// <summary>The names in a module, also in structures of it, which have no names of their own around them.</summary>
    private static IEnumerable<string> GivenNames(EquatableArray<SectionSpec> layers) => layers
        .SelectMany(layer => LayerCatalogue.Find(layer.Keyword) is Construct { IsModule: false }
            ? GivenNames(ListsOf(layer)).Append(SettingsBinder.NameOf(layer))
            : [SettingsBinder.NameOf(layer)])
        .Where(name => name is not null).Select(name => name!);

    private static EquatableArray<SectionSpec> ListsOf(SectionSpec layer) => EquatableArray<SectionSpec>.Of(
        layer.Settings
            .SelectMany(setting => setting.Value.Kind == SpecValueKind.List ? setting.Value.Items : EquatableArray<SpecValue>.Of([setting.Value]))
            .SelectMany(value => value.Layers));
}
