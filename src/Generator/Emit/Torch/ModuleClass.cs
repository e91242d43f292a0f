using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit.Torch;

/// <summary>
/// A class of the generated code: the network, a block, or a sequence. A block has one for all of its uses: what is the same in all of them is
/// written into the class, and what differs is what its constructor takes.
/// </summary>
internal sealed class ModuleClass(string type, ModuleDefinition definition)
{
    private readonly List<ModuleGraph> _uses = [];
    private GraphNode[] _template = [];

    public string Type { get; } = type;

    public ModuleDefinition Definition { get; } = definition;

    public IReadOnlyList<ModuleGraph> Uses => _uses;

    /// <summary>Each step as one of the uses has it; a bypass where none has it.</summary>
    public IReadOnlyList<GraphNode> Template => _template;

    /// <summary>What differs between the uses, in the order of the constructor.</summary>
    public ClassParameters Parameters { get; private set; } = null!;

    /// <summary>The steps with what builds them, as many as <see cref="Template"/>.</summary>
    public IReadOnlyList<ModuleMember> Members { get; private set; } = [];

    /// <summary>Takes <paramref name="use"/> in, unless its layers are others: then it needs a class of its own.</summary>
    public bool TryAdd(ModuleGraph use, ModuleClasses classes)
    {
        if (_uses.Count == 0)
            _template = [.. use.Nodes];
        else if (!IsAlike(use, classes))
            return false;
        _uses.Add(use);
        for (var i = 0; i < _template.Length; i++)
            _template[i] = _template[i] is BypassNode ? use.Nodes[i] : _template[i];
        return true;
    }

    /// <summary>Works out the parameters when all uses are known, and those of the classes inside.</summary>
    public void Complete(ModuleClasses classes)
    {
        Parameters = new ClassParameters(_uses);
        Members = [.. Enumerable.Range(0, _template.Length).Select(i => ModuleMember.Of(this, i, classes))];
    }

    private bool IsAlike(ModuleGraph use, ModuleClasses classes) =>
        use.Nodes.Count == _template.Length
        && use.Outputs.SequenceEqual(_uses[0].Outputs)
        && use.Inputs.Select(input => input.Name).SequenceEqual(_uses[0].Inputs.Select(input => input.Name))
        && _template.Zip(use.Nodes, (one, other) => IsAlike(one, other, classes)).All(isAlike => isAlike);

    private static bool IsAlike(GraphNode one, GraphNode other, ModuleClasses classes) =>
        one.Name.Key == other.Name.Key && one.Name.Member == other.Name.Member && one.Sources.SequenceEqual(other.Sources) && (one, other) switch
        {
            (BypassNode, _) or (_, BypassNode) => true,
            (LayerNode left, LayerNode right) => left.Kind == right.Kind && Fixed(left).SequenceEqual(Fixed(right)),
            (ModuleNode left, ModuleNode right) => classes.Of(left.Module) == classes.Of(right.Module),
            (RepeatNode left, RepeatNode right) => left.Modules.Count == right.Modules.Count && left.Keys == right.Keys
                && left.Modules.Zip(right.Modules, (a, b) => classes.Of(a) == classes.Of(b)).All(isSame => isSame),
            _ => false,
        };

    /// <summary>What of a layer's code can be no parameter: the call, and arguments that are neither numbers nor flags.</summary>
    private static IEnumerable<string> Fixed(LayerNode node) => node.Kind.TorchArguments(node.Settings, node.Inputs)
        .Where(argument => argument.Value is string).Select(argument => $"{argument.Name}: {argument.Value}")
        .Append(node.Kind.TorchCall(node.Settings, "", [.. node.Inputs.Select((_, i) => CSharpLiteral.Of(i))], node.Inputs));
}

/// <summary>The classes of a network: of each module one, for modules that are alike the same.</summary>
internal sealed class ModuleClasses
{
    private readonly List<ModuleClass> _classes = [];
    private readonly List<ModuleClass> _inOrder = [];
    private readonly Dictionary<ModuleGraph, ModuleClass> _byModule = new(ByReference.Instance);
    private readonly HashSet<string> _types;

    /// <param name="root">The network, whose class is <see cref="Root"/>.</param>
    public ModuleClasses(ModuleGraph root)
    {
        _types = [.. Types(root)];
        Root = Add(root);
        Complete(Root);
    }

    public ModuleClass Root { get; }

    /// <summary>The classes inside the network's own, in the order in which the layers meet them.</summary>
    public IEnumerable<ModuleClass> Inner => _inOrder.Skip(1);

    public ModuleClass Of(ModuleGraph module) => _byModule[module];

    private ModuleClass Add(ModuleGraph module)
    {
        // Equal blocks are one module that stands in several places.
        if (_byModule.TryGetValue(module, out var known))
            return known;
        foreach (var node in module.Nodes)
        {
            foreach (var inner in Modules(node))
                Add(inner);
        }

        var alike = _classes.Where(one => one.Definition == module.Definition).ToArray();
        var found = alike.FirstOrDefault(one => one.TryAdd(module, this));
        if (found is null)
        {
            found = new ModuleClass(TypeOf(module.Definition, alike.Length + 1), module.Definition);
            found.TryAdd(module, this);
            _classes.Add(found);
        }

        return _byModule[module] = found;
    }

    // A property's name has no underscore, so that the layer conv2 is never taken for the second class of conv.
    private string TypeOf(ModuleDefinition definition, int number)
    {
        var type = number == 1 ? definition.Type : $"{definition.Type}_{CSharpLiteral.Of(number)}";
        return _classes.Any(one => one.Type == type) || (number > 1 && _types.Contains(type)) ? TypeOf(definition, number + 1) : type;
    }

    private static IEnumerable<string> Types(ModuleGraph module) => module.Nodes.SelectMany(Modules).SelectMany(Types).Append(module.Definition.Type);

    // What a class passes to those inside of it is known when they are.
    private void Complete(ModuleClass one)
    {
        if (_inOrder.Contains(one))
            return;
        _inOrder.Add(one);
        foreach (var inner in one.Template.SelectMany(Modules).Select(Of).Distinct())
            Complete(inner);
        one.Complete(this);
    }

    private static IReadOnlyList<ModuleGraph> Modules(GraphNode node) => node switch { ModuleNode use => [use.Module], RepeatNode repeat => repeat.Modules, _ => [] };

    private sealed class ByReference : IEqualityComparer<ModuleGraph>
    {
        public static readonly ByReference Instance = new();

        public bool Equals(ModuleGraph left, ModuleGraph right) => ReferenceEquals(left, right);

        public int GetHashCode(ModuleGraph module) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(module);
    }
}
