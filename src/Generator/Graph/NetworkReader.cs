using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>What the modules of a network share while they are read: its blocks, what was found, and how much was read already.</summary>
internal sealed class NetworkReader(ModelSpec spec, List<Finding> findings)
{
    /// <summary>Blocks in blocks; no published network comes near.</summary>
    private const int MaxDepth = 32;

    private readonly Dictionary<string, BlockSpec> _blocks = spec.Blocks.GroupBy(block => block.Name).ToDictionary(group => group.Key, group => group.First());
    private readonly List<string> _open = [];
    private readonly HashSet<string> _used = [];
    private readonly HashSet<string> _broken = [];
    private readonly HashSet<(Rule, string)> _reported = [];

    // A network of a hundred equal blocks is read as one of them, and of each with how many layers that was.
    private readonly Dictionary<BlockKey, (ModuleGraph Module, int Layers)> _read = [];
    private int _layers;

    private readonly record struct BlockKey(string Name, EquatableArray<SpecValue> Arguments, EquatableArray<TensorShape> Inputs);

    public List<Finding> Findings { get; } = findings;

    public OutlineBuilder Outline { get; } = new(spec);

    /// <summary>Every word that a list of layers can hold.</summary>
    public IEnumerable<string> Keywords => LayerCatalogue.All.Select(entry => entry.Keyword).Concat(_blocks.Keys);

    /// <summary>A block is read once for each of its uses, but says what is wrong with it once.</summary>
    public void Report(Finding finding)
    {
        if (_reported.Add((finding.Rule, finding.Path)))
            Findings.Add(finding);
    }

    /// <summary>Counts more layers; false when the network has too many, which is said once.</summary>
    public bool CountLayer(int layers = 1)
    {
        // Beyond the limit nothing is added, so that no sum overflows.
        var isWithin = _layers <= ModelChecker.MaxLayers && (_layers += layers) <= ModelChecker.MaxLayers;
        if (!isWithin)
            Report(Finding.Of(Rules.SpecTooLarge, LayerLists.Root, $"more than {ModelChecker.Counted(ModelChecker.MaxLayers)} when its blocks are written out", ModelChecker.Counted(ModelChecker.MaxLayers)));
        return isWithin;
    }

    /// <summary>The block of that name, which a layer uses; null when there is none.</summary>
    public BlockSpec? Use(string name)
    {
        if (!_blocks.TryGetValue(name, out var block))
            return null;
        _used.Add(name);
        return block;
    }

    public LayerNaming Naming(string type, bool isNumbered) => new(type, [], isNumbered, this);

    /// <summary>The network itself, or what could be made of it.</summary>
    public ModuleGraph? ReadRoot(IReadOnlyList<GraphInput> inputs)
    {
        var naming = new LayerNaming(spec.Name, _blocks.Keys, isNumbered: false, this);
        var names = inputs.Count == 0 ? ["input"] : inputs.Select(input => input.Name).ToArray();
        var shapes = inputs.Count == 0 ? [null] : inputs.Select(input => (TensorShape?)input.Shape).ToArray();
        var root = new ModuleReader(this, new ModuleDefinition(spec.Name, IsBlock: false), "", naming, null, ValueTable.OfModule("", names, shapes, GivenNames(spec.Layers)));
        if (spec.Layers.Count > ModelChecker.MaxLayers)
            Report(Finding.Of(Rules.SpecTooLarge, LayerLists.Root, ModelChecker.Counted(spec.Layers.Count), ModelChecker.Counted(ModelChecker.MaxLayers)));
        else if (spec.Layers.Count > 0)
            root.Read(spec.Layers, LayerLists.Root);
        else if (spec.IsSound)
            Report(Finding.Of(Rules.MissingProperty, LayerLists.Root, "The spec", "layers", "at least one layer"));
        var graph = OutputsOf(root) is { } outputs ? root.Complete(outputs) : null;
        foreach (var block in spec.Blocks.Where(block => !_used.Contains(block.Name)))
            Report(Finding.Of(Rules.UnusedBlock, SourceMap.KeyOf(BlockSpec.Path(block.Name)), block.Name));
        return _layers is 0 or > ModelChecker.MaxLayers ? null : graph;
    }

    /// <summary>One use of a block; null when anything in it is wrong.</summary>
    public ModuleGraph? Instantiate(BlockSpec block, Bindings arguments, string prefix, IReadOnlyList<TensorShape?> inputs, LayerPlace place)
    {
        if (_open.Contains(block.Name) || _open.Count == MaxDepth)
        {
            var circle = string.Join(" -> ", _open.SkipWhile(name => name != block.Name && _open.Count < MaxDepth).Append(block.Name));
            Report(Finding.Of(Rules.BlockInItself, SourceMap.KeyOf(place.Path), block.Name, circle));
            return null;
        }

        var key = inputs.All(input => input is not null)
            ? new BlockKey(block.Name, EquatableArray<SpecValue>.Of(arguments.Values.Select(argument => argument.Value)), EquatableArray<TensorShape>.Of(inputs.Select(input => input!.Value)))
            : default;
        if (key.Name is not null && _read.TryGetValue(key, out var same))
            return CountLayer(same.Layers) ? same.Module : null;

        var (before, layers) = (Findings.Count, _layers);
        _open.Add(block.Name);
        var naming = Naming(block.Name, block.IsNumbered);
        var reader = new ModuleReader(
            this, new ModuleDefinition(block.Name, IsBlock: true), block.Name, naming, arguments.WithInput(inputs[0]), ValueTable.OfModule(prefix, block.Inputs, inputs, GivenNames(block.Layers)));
        reader.Read(block.Layers, BlockSpec.Path(block.Name) + "." + LayerLists.Root);
        _open.RemoveAt(_open.Count - 1);
        if (reader.Complete(inputs: BlockSpec.Path(block.Name) + ".inputs") is { } module)
        {
            if (key.Name is not null)
                _read.Add(key, (module, _layers - layers));
            return module;
        }

        // What is wrong with a block is wrong in each of its uses.
        if (!_broken.Add(block.Name))
            Findings.RemoveRange(before, Findings.Count - before);
        return null;
    }

    private int[]? OutputsOf(ModuleReader root)
    {
        if (spec.Outputs is not { } names)
            return [root.Current];
        if (OutputNames.Read(names) is not { } outputs)
        {
            Report(Finding.Of(Rules.WrongType, "outputs", "outputs", "the spec", names.ToString(), OutputNames.Expected));
            return null;
        }

        var values = ((IReadOnlyList<string>)outputs).Select(name => root.Find(name, "outputs", "outputs", isBehind: true)).ToArray();
        return values.All(value => value >= 0) ? values : null;
    }

    private static Parameter<IReadOnlyList<string>> OutputNames { get; } = Parameter.Outputs("outputs", "The layers whose outputs the network gives");

    /// <summary>The names in a module, also in structures of it, which have no names of their own around them.</summary>
    private static IEnumerable<string> GivenNames(EquatableArray<SectionSpec> layers) =>
        layers.Select(SettingsBinder.NameOf).Where(name => name is not null).Select(name => name!);
}
