using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Graph.Passes;

namespace ModelGen.Emit.Torch;

/// <summary>
/// A class of the generated code: the network, a block, or a sequence. A block has one for all of its uses: what is the same in all of them is
/// written into the class, and what differs is what its constructor takes.
/// </summary>
internal sealed class ModuleClass(string type, ModuleDefinition definition)
{
    private readonly List<ModuleGraph> _uses = [];
    private GraphNode[] _template = [];
    private ShapeWords? _shapes;

    public string Type { get; } = type;

    public ModuleDefinition Definition { get; } = definition;

    public IReadOnlyList<ModuleGraph> Uses => _uses;

    /// <summary>Each step as one of the uses has it; a bypass where none has it.</summary>
    public IReadOnlyList<GraphNode> Template => _template;

    /// <summary>What differs between the uses, in the order of the constructor.</summary>
    public ClassParameters Parameters { get; private set; } = null!;

    /// <summary>What its forward pass computes.</summary>
    public ForwardPlan Plan { get; private set; } = null!;

    /// <summary>The steps with what builds them, as many as <see cref="Template"/>.</summary>
    public IReadOnlyList<ModuleMember> Members { get; private set; } = [];

    /// <summary>Words for its shapes. Letters are given in the order in which shapes are asked for, so each part of the text begins anew; a class with one use has none.</summary>
    public ShapeWords Shapes() => _uses.Count == 1 ? _shapes ??= new ShapeWords(this) : new ShapeWords(this);

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
        Plan = classes.Rewrite(ForwardPlan.Of(_uses, isNetwork: this == classes.Root));
        var members = new ModuleMember[_template.Length];
        for (var i = 0; i < members.Length; i++)
            members[i] = ModuleMember.Of(this, i, classes);
        Members = members;
    }

    /// <summary>A step as each of the uses has it.</summary>
    public GraphNode[] NodesAt(int index)
    {
        var nodes = new GraphNode[_uses.Count];
        for (var i = 0; i < nodes.Length; i++)
            nodes[i] = _uses[i].Nodes[index];
        return nodes;
    }

    // Each use is compared with every class: what differs most often comes first.
    private bool IsAlike(ModuleGraph use, ModuleClasses classes)
    {
        if (use.Nodes.Count != _template.Length)
            return false;
        for (var i = 0; i < _template.Length; i++)
        {
            if (!IsAlike(_template[i], use.Nodes[i], classes))
                return false;
        }

        return use.Outputs.SequenceEqual(_uses[0].Outputs) && use.Inputs.Select(input => input.Name).SequenceEqual(_uses[0].Inputs.Select(input => input.Name));
    }

    private static bool IsAlike(GraphNode one, GraphNode other, ModuleClasses classes) =>
        one.Name.Key == other.Name.Key && one.Name.Member == other.Name.Member && IsSame(one, other, classes) && one.Sources.SequenceEqual(other.Sources);

    private static bool IsSame(GraphNode one, GraphNode other, ModuleClasses classes) =>
        (one, other) switch
        {
            (BypassNode, _) or (_, BypassNode) => true,
            (LayerNode left, LayerNode right) => left.Kind == right.Kind && classes.FixedOf(left) == classes.FixedOf(right),
            (ModuleNode left, ModuleNode right) => classes.Of(left.Module) == classes.Of(right.Module),
            (RepeatNode left, RepeatNode right) => left.Modules.Count == right.Modules.Count && left.Keys == right.Keys
                && left.Modules.Zip(right.Modules, (a, b) => classes.Of(a) == classes.Of(b)).All(isSame => isSame),
            _ => false,
        };
}

/// <summary>The classes of a network: of each module one, for modules that are alike the same.</summary>
internal sealed class ModuleClasses
{
    private readonly List<ModuleClass> _classes = [];
    private readonly List<ModuleClass> _inOrder = [];
    private readonly Dictionary<ModuleGraph, ModuleClass> _byModule = new(ByReference<ModuleGraph>.Instance);
    private readonly Dictionary<LayerNode, string> _fixed = new(ByReference<LayerNode>.Instance);
    private readonly ModuleGraph _root;
    private readonly IReadOnlyList<Pass> _passes;
    private readonly bool[] _isApplied;

    // The names of all modules' classes; made when a module first needs another one.
    private HashSet<string>? _types;

    /// <param name="root">The network, whose class is <see cref="Root"/>.</param>
    /// <param name="passes">What rewrites what its classes compute.</param>
    public ModuleClasses(ModuleGraph root, IReadOnlyList<Pass> passes)
    {
        (_root, _passes, _isApplied) = (root, passes, new bool[passes.Count]);
        Root = Add(root);
        Complete(Root);
    }

    public ModuleClass Root { get; }

    /// <summary>The classes inside the network's own, in the order in which the layers meet them.</summary>
    public IEnumerable<ModuleClass> Inner => _inOrder.Skip(1);

    /// <summary>The passes that changed something, in the order in which they run.</summary>
    public IReadOnlyList<string> Applied => [.. _passes.Where((_, i) => _isApplied[i]).Select(pass => pass.Name)];

    /// <summary>What a class computes when the passes have rewritten it.</summary>
    public ForwardPlan Rewrite(ForwardPlan plan)
    {
        for (var i = 0; i < _passes.Count; i++)
        {
            var rewritten = _passes[i].Apply(plan);
            _isApplied[i] |= !ReferenceEquals(rewritten, plan);
            plan = rewritten;
        }

        return plan;
    }

    public ModuleClass Of(ModuleGraph module) => _byModule[module];

    /// <summary>What of a layer's code can be no parameter: the call, and arguments that are neither numbers nor flags. Each use is compared with every class.</summary>
    public string FixedOf(LayerNode node)
    {
        if (!_fixed.TryGetValue(node, out var text))
        {
            _fixed[node] = text = string.Join("\n", node.Kind.TorchArguments(node.Settings, node.Inputs)
                .Where(argument => argument.Value is string).Select(argument => $"{argument.Name}: {argument.Value}")
                .Append(node.Kind.TorchCall(node.Settings, "", [.. node.Inputs.Select((_, i) => CSharpLiteral.Of(i))], node.Inputs)));
        }

        return text;
    }

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
        return _classes.Any(one => one.Type == type) || (number > 1 && (_types ??= [.. Types(_root)]).Contains(type)) ? TypeOf(definition, number + 1) : type;
    }

    private static IEnumerable<string> Types(ModuleGraph module) => module.Nodes.SelectMany(Modules).SelectMany(Types).Append(module.Definition.Type);

    // What a class passes to those inside of it is known when they are.
    private void Complete(ModuleClass one)
    {
        if (_inOrder.Contains(one))
            return;
        _inOrder.Add(one);
        foreach (var node in one.Template)
        {
            foreach (var module in Modules(node))
                Complete(Of(module));
        }

        one.Complete(this);
    }

    private static IReadOnlyList<ModuleGraph> Modules(GraphNode node) => node switch { ModuleNode use => [use.Module], RepeatNode repeat => repeat.Modules, _ => [] };

    private sealed class ByReference<T> : IEqualityComparer<T>
        where T : class
    {
        public static readonly ByReference<T> Instance = new();

        public bool Equals(T left, T right) => ReferenceEquals(left, right);

        public int GetHashCode(T one) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(one);
    }
}
