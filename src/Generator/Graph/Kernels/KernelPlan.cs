using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Layers;

namespace ModelGen.Graph.Kernels;

/// <summary>A value between kernels, as every sample has one.</summary>
/// <param name="Name">Its name in the generated code, <c>conv1</c>.</param>
/// <param name="Shape">Its shape; an image lies with its channels last.</param>
/// <param name="IsTrained">Whether trained values made it: only then its gradient is of use.</param>
internal sealed record KernelValue(string Name, TensorShape Shape, bool IsTrained);

/// <summary>A call of a kernel.</summary>
/// <param name="Layers">The layers that it computes: one, or those that it computes together.</param>
/// <param name="Kernel">The kernel.</param>
/// <param name="Inputs">The values that it takes, by their indices; the last may be <see cref="Added"/>.</param>
/// <param name="Output">The value that it gives.</param>
/// <param name="Members">The properties of its tensors, by their names.</param>
internal sealed record KernelStep(IReadOnlyList<FlatLayer> Layers, Kernel Kernel, IReadOnlyList<int> Inputs, int Output, IReadOnlyDictionary<string, string> Members)
{
    /// <summary>The name of its constants and of what it keeps: its first layer's.</summary>
    public string Name { get; } = KernelPlan.Identifier(Layers[0].Key);

    /// <summary>The value that it adds to its own, as the end of a residual; null where there is none.</summary>
    public int? Added => Kernel.AddsInput ? Inputs[Inputs.Count - 1] : null;

    /// <summary>The network's property that holds one of its tensors, <c>Conv1Weight</c>.</summary>
    public string MemberOf(KernelParameter tensor) => Members[tensor.Name];

    public bool HasTrained => Kernel.Parameters.Any(parameter => parameter is { IsThere: true, IsTrained: true });
}

/// <summary>A network as kernels of plain C#, in the order in which data flows. What nobody takes is not computed.</summary>
internal sealed class KernelPlan
{
    private readonly FlatNetwork _network;
    private readonly Kernel[] _kernels; // by layer, as are those below
    private readonly bool[] _needed;
    private readonly int[] _valueOf;
    private readonly List<KernelValue> _values = [];
    private readonly List<KernelStep> _steps = [];
    private readonly List<KernelStep> _holders = [];
    private readonly UniqueNames _members;

    private KernelPlan(ModelGraph graph)
    {
        _network = graph.Flat;
        _kernels = [.. _network.Layers.Select(layer => Frozen(KernelOf(layer)!, layer.Key, graph.Training?.Recipe.Freeze ?? []))];
        _valueOf = new int[_network.Layers.Count];
        // No two layers have one name. But an input may have that of a layer; and se1 has an fc1.weight, which a layer se1_fc1 has too.
        var free = new UniqueNames(_network.Layers.Select(ValueName));
        foreach (var input in graph.Root.Inputs)
            _values.Add(new KernelValue(free.Next(Specs.SpecNames.ToCamelCase(input.Name)), input.Shape, IsTrained: false));
        _members = new UniqueNames([graph.Name]);
        // A batch norm counts its batches whether or not its output is used.
        _needed = _network.Needed(i => !_network.Layers[i].Node.Kind.IsOnlyItsOutput && _kernels[i].Form == KernelForm.BatchNorm);
        var fused = new HashSet<int>();
        for (var i = 0; i < _network.Layers.Count; i++)
        {
            if (!_needed[i])
                AddUnused(i);
            else if (!fused.Contains(i))
                Add(i, fused);
        }

        Outputs = [.. _network.Outputs.Select(ValueOf)];
    }

    /// <summary>The network's inputs first.</summary>
    public IReadOnlyList<KernelValue> Values => _values;

    public IReadOnlyList<KernelStep> Steps => _steps;

    /// <summary>The same with the layers that only keep their tensors, because nobody takes what they give.</summary>
    public IReadOnlyList<KernelStep> Holders => _holders;

    /// <summary>The values that the network gives.</summary>
    public IReadOnlyList<int> Outputs { get; }

    public bool HasDropout => Steps.Any(step => step.Kernel.Form == KernelForm.Dropout);

    /// <summary>The plan of a network whose layers all have kernels.</summary>
    public static KernelPlan Of(ModelGraph graph) => new(graph);

    /// <summary>The layers without a kernel; to train, also those whose kernel has no gradient.</summary>
    public static IEnumerable<FlatLayer> Missing(FlatNetwork network, bool trains = false) =>
        network.Layers.Where(layer => KernelOf(layer) is not { } kernel || (trains && kernel.IsForwardOnly));

    /// <summary>A name in C# for a key of the state_dict: <c>layer1.0.conv1</c> is <c>Layer1_0_Conv1</c>.</summary>
    public static string Identifier(string key) => string.Join("_", key.Split('.').Select(Specs.SpecNames.ToPascalCase));

    /// <summary>The same for a variable: <c>layer1_0_Conv1</c>.</summary>
    public static string Decapitalized(string identifier) => char.ToLowerInvariant(identifier[0]) + identifier.Substring(1);

    /// <summary>The reverse.</summary>
    public static string Capitalized(string variable) => char.ToUpperInvariant(variable[0]) + variable.Substring(1);

    private static string ValueName(FlatLayer layer) => Decapitalized(Identifier(layer.Key));

    /// <summary>The layer's kernel; null where it has none as it is set.</summary>
    public static Kernel? KernelOf(FlatLayer layer) => layer.Node.Kind.KernelFor(layer.Node.Settings, layer.Node.Inputs, layer.Node.Output);

    private static Kernel Frozen(Kernel kernel, string layer, IReadOnlyList<string> patterns) => patterns.Count == 0 ? kernel : kernel with
    {
        Parameters =
        [
            .. kernel.Parameters.Select(parameter => parameter.IsThere && FreezePattern.IsMet(patterns, parameter.KeyIn(layer))
                ? parameter with { IsTrained = false, IsFrozen = true }
                : parameter)
        ],
    };

    private void Add(int index, HashSet<int> fused)
    {
        var layer = _network.Layers[index];
        var kernel = _kernels[index];
        if (kernel.Form == KernelForm.Alias)
        {
            _valueOf[index] = ValueOf(layer.Sources[0]);
            return;
        }

        var layers = new List<int> { index };
        var inputs = layer.Sources.Select(ValueOf).ToList();
        if (kernel.Form == KernelForm.BatchNorm || kernel.TakesFollowers)
            kernel = FuseSum(kernel, layers, inputs);
        if (kernel.Form == KernelForm.BatchNorm)
            kernel = Fuse(kernel, layers);
        var last = _network.Layers[layers[layers.Count - 1]];
        var isTrained = inputs.Any(input => _values[input].IsTrained) || kernel.Parameters.Any(parameter => parameter is { IsThere: true, IsTrained: true });
        _values.Add(new KernelValue(ValueName(last), last.Node.Output, isTrained));
        var step = new KernelStep([.. layers.Select(i => _network.Layers[i])], kernel, inputs, _values.Count - 1, Members(layer, kernel));
        _steps.Add(step);
        _holders.Add(step);
        foreach (var i in layers)
        {
            _valueOf[i] = _values.Count - 1;
            fused.Add(i);
        }
    }

    /// <summary>A layer that is not computed: its tensors are in the state_dict all the same, and no gradient reaches them.</summary>
    private void AddUnused(int index)
    {
        var kernel = _kernels[index];
        if (kernel.Parameters.Count == 0)
            return;
        var tensors = kernel.Parameters.Select(parameter => parameter with { IsTrained = false, IsUnused = parameter.IsThere && parameter.IsTrained });
        _holders.Add(new KernelStep([_network.Layers[index]], kernel with { Parameters = [.. tensors] }, [], -1, Members(_network.Layers[index], kernel)));
    }

    private Dictionary<string, string> Members(FlatLayer layer, Kernel kernel) =>
        kernel.Tensors.ToDictionary(tensor => tensor.Name, tensor => _members.Next(Identifier(layer.Key) + tensor.Word));

    /// <summary>
    /// A convolution or a batch norm at the end of a residual adds the other end, where that is one whole value that is there already: of two such ends the
    /// second adds the first. One that is frozen adds nothing that learns, because it has no backward pass.
    /// </summary>
    private Kernel FuseSum(Kernel kernel, List<int> layers, List<int> inputs)
    {
        var index = layers[0];
        if (Next(index) is not { } next || !_kernels[next].IsSum || _network.Layers[next].Sources is not { Count: 2 } ends)
            return kernel;
        var other = ends[0] == index ? ends[1] : ends[0];
        if (other > index)
            return kernel;
        var added = ValueOf(other);
        if (_values[added].Shape.ElementCount != _network.Layers[index].Node.Output.ElementCount || (kernel.IsFrozen && _values[added].IsTrained))
            return kernel;
        layers.Add(next);
        inputs.Add(added);
        return kernel with { AddsInput = true };
    }

    /// <summary>
    /// A batch norm computes the activation and the max-pool behind it, where nobody else takes what stands between. Behind a sum it is an activation whose
    /// gradient follows from the output, as the sum is not kept.
    /// </summary>
    private Kernel Fuse(Kernel norm, List<int> layers)
    {
        var kernel = norm with { Activation = "Identity" };
        var takesPool = !norm.AddsInput;
        if (Next(layers[layers.Count - 1]) is { } next && _kernels[next] is { IsActivation: true } activation
            && (!norm.AddsInput || activation.Reads == KernelReads.Output))
        {
            kernel = kernel with { Activation = activation.Activation, ActivationSettings = activation.ActivationSettings };
            takesPool &= _network.Layers[next].Node.Kind.IsMonotone(_network.Layers[next].Node.Settings);
            layers.Add(next);
        }

        if (takesPool && Next(layers[layers.Count - 1]) is { } pool && _kernels[pool].Tiling is { } size)
        {
            kernel = kernel.With("PoolSize", size);
            layers.Add(pool);
        }

        return kernel;
    }

    /// <summary>The layer that alone takes what a layer gives, and is computed; null where there is none.</summary>
    private int? Next(int index)
    {
        if (_network.UsesOf(index) != 1)
            return null;
        for (var i = index + 1; i < _network.Layers.Count; i++)
        {
            if (_network.Layers[i].Sources.Contains(index))
                return _needed[i] ? i : null;
        }

        return null;
    }

    private int ValueOf(int source) => source < 0 ? ~source : _valueOf[source];
}
