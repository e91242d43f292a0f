using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>The values of a module while it is read: its inputs, and what each layer gave. A layer takes them by number, a spec by name.</summary>
internal sealed class ValueTable
{
    /// <summary>The values before a wrong name among which the right one is looked for: comparing words is dear.</summary>
    private const int MostSuggested = 100;

    private readonly List<Value> _values;
    private readonly IEnumerable<string> _given;

    // Made when a name is looked for; in most modules none is.
    private Dictionary<string, int>? _byName;
    private HashSet<string>? _later;
    private readonly List<GraphNode> _nodes;
    private readonly int _inputs;

    private readonly record struct Value(string? Name, TensorShape? Shape, GraphNode? Node);

    /// <param name="prefix">The module's key with its dot; empty for the network.</param>
    /// <param name="inputs">The names of the inputs.</param>
    /// <param name="shapes">Their shapes, where they are known.</param>
    /// <param name="layers">How many layers there will be, about.</param>
    /// <param name="later">The names that the spec gives in this module: one that is asked for too early is known.</param>
    private ValueTable(string prefix, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape?> shapes, int layers, IEnumerable<string> later)
    {
        (_values, _nodes) = (new(inputs.Count + layers), new(layers));
        Prefix = prefix;
        _inputs = inputs.Count;
        _given = later;
        for (var i = 0; i < inputs.Count; i++)
            Add(new Value(inputs[i], shapes[i], null));
        IsSound = shapes.All(shape => shape is not null);
    }

    public static ValueTable OfModule(string prefix, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape?> shapes, int layers, IEnumerable<string>? later = null) =>
        new(prefix, inputs, shapes, layers, later ?? []);

    public string Prefix { get; }

    /// <summary>Whether every value has its shape.</summary>
    public bool IsSound { get; private set; }

    public IReadOnlyList<string> InputNames => [.. _values.Take(_inputs).Select(value => value.Name!)];

    public IReadOnlyList<GraphInput> Inputs => [.. _values.Take(_inputs).Select(value => new GraphInput(value.Name!, value.Shape!.Value))];

    public IReadOnlyList<GraphNode> Nodes => _nodes;

    public TensorShape? ShapeOf(int value) => _values[value].Shape;

    public string? NameOf(int value) => _values[value].Name;

    /// <summary>The inputs that no layer takes so far.</summary>
    public IEnumerable<string> UntakenInputs =>
        Enumerable.Range(0, _inputs).Where(input => !_nodes.Any(node => node.Sources.Contains(input))).Select(input => _values[input].Name!);

    /// <summary>The step that gives a value; null for an input.</summary>
    public GraphNode? NodeOf(int value) => _values[value].Node;

    public int Add(GraphNode node)
    {
        _nodes.Add(node);
        return Add(new Value(node.Name.Key, node.Output, node));
    }

    public int AddUnknown(string? name)
    {
        IsSound = false;
        return Add(new Value(name, null, null));
    }

    private int Add(Value value)
    {
        _values.Add(value);
        if (_byName is not null)
            Enter(_values.Count - 1);
        return _values.Count - 1;
    }

    // Of two values of one name the first has it.
    private void Enter(int value)
    {
        if (_values[value].Name is { } name && !_byName!.ContainsKey(name))
            _byName.Add(name, value);
    }

    /// <summary>The value of that name; -1 when there is none. 'input' is the first input, whatever its own name is.</summary>
    public int Find(string name)
    {
        if (_byName is null)
        {
            _byName = new(System.StringComparer.Ordinal);
            for (var i = 0; i < _values.Count; i++)
                Enter(i);
        }

        return _byName.TryGetValue(name, out var value) ? value : name == "input" ? 0 : -1;
    }

    /// <summary>Whether the spec gives a layer of the module that name, be it one that could not be read.</summary>
    public bool IsGiven(string name) => (_later ??= new(_given, System.StringComparer.Ordinal)).Contains(name);

    /// <summary>What is to be said where a spec asks for a value that is not there, or not yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="what">What asks for it.</param>
    /// <param name="own">The name of what asks for it; null where the spec gives it none.</param>
    /// <param name="path">Where.</param>
    public Finding NotFound(string name, string what, string? own, string path)
    {
        if (name == own)
            return Finding.Of(Rules.Circle, path, what, name, "is its own: name a layer that stands before it");
        if (IsGiven(name))
            return Finding.Of(
                Rules.Circle, path, what, name,
                $"stands behind it: '{name}' -> {what} -> '{name}' would be a circle. Data flows from the first layer to the last");
        var meant = Suggestion.Nearest(name, Nearby);
        return Finding.Of(Rules.UnknownOutput, path, what, SpecValue.Shorten(name), Suggestion.Words(meant)) with { Mistyped = meant is null ? null : (name, meant) };
    }

    private IEnumerable<string> Nearby =>
        _values.Skip(_values.Count - MostSuggested).Concat(_values.Take(_inputs)).Select(value => value.Name).OfType<string>().Append("input").Distinct();

    /// <summary>How often each value is taken, as an output of the module, too.</summary>
    public int[] Uses(IReadOnlyList<int> outputs)
    {
        var uses = new int[_values.Count];
        foreach (var output in outputs)
            uses[output]++;
        foreach (var node in _nodes)
        {
            for (var i = 0; i < node.Sources.Count; i++)
                uses[node.Sources[i]]++;
        }

        return uses;
    }

    public string Words(GraphNode node) => Prefix + node.Name.Key;

    /// <summary>Where a shape came from, in words: whoever reads "receives [N, 1568]" asks which layer made it so.</summary>
    public string Provenance(int value)
    {
        var shape = _values[value].Shape!.Value;
        var maker = Maker(value);
        if (NodeOf(maker) is not { } node)
            return OfInput(maker, shape);
        if (node is not LayerNode { Kind.Participle: { } participle } layer)
            return $"{shape} from '{Words(node)}'";

        // Its numbers are another layer's: name that one too.
        var earlier = Maker(layer.Sources[0]);
        var source = layer.Input;
        return $"{shape} ({(NodeOf(earlier) is { } giver ? $"'{Words(giver)}' gives {source}" : OfInput(earlier, source))}, {participle})";
    }

    /// <summary>The value, back from <paramref name="value"/>, whose step gave its input another shape, or another meaning; or an input.</summary>
    public int Maker(int value)
    {
        while (NodeOf(value) is { } node && (node is BypassNode || (node is LayerNode { Kind.Width: null, Inputs.Count: 1 } layer && layer.Output == layer.Input)))
            value = node.Sources[0];
        return value;
    }

    private string OfInput(int input, TensorShape shape)
    {
        var name = InputWords(input);
        return Prefix.Length == 0 ? $"{name} {shape}" : $"{name} {shape} of '{Prefix.TrimEnd('.')}'";
    }

    /// <summary>An input, for people.</summary>
    public string InputWords(int input) => _inputs == 1 ? "the input" : $"the input '{_values[input].Name}'";
}
