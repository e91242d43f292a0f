using ModelGen.Diagnostics;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Graph;
using ModelGen.Layers;
using ModelGen.Specs;
using OnnxNode = ModelGen.Formats.Onnx.OnnxNode;

namespace ModelGen.Tool.Import;

/// <summary>Makes layers of the catalogue of a graph of ONNX, node by node. Only what is proved to compute the same is taken; every other node is named.</summary>
internal sealed class OnnxImport
{
    private readonly OnnxModel _model;
    private readonly Dictionary<string, ImportedValue> _values = new(StringComparer.Ordinal);
    private readonly List<ImportedLayer> _layers = [];
    private readonly List<string> _objections = [];

    private OnnxImport(OnnxModel model)
    {
        _model = SpeltLayerNorm.Join(model);
        Constants = new OnnxConstants(_model);
        Uses = _model.Nodes.SelectMany(node => node.Inputs).Concat(model.Outputs).CountBy(name => name).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>The operator set.</summary>
    public long Opset => _model.Opset;

    /// <summary>What is known of values that are none of the network's.</summary>
    public OnnxConstants Constants { get; }

    /// <summary>How many nodes and outputs take a value.</summary>
    public IReadOnlyDictionary<string, int> Uses { get; }

    /// <summary>The spec and the weights.</summary>
    /// <param name="model">The graph.</param>
    /// <param name="path">Its file, for messages.</param>
    /// <param name="name">The class.</param>
    /// <param name="space">Its namespace.</param>
    /// <exception cref="ModelGenException">There is what no layer stands for: the message names each such node.</exception>
    public static (ModelSpec Spec, StateDict Weights) Read(OnnxModel model, string path, string name, string space)
    {
        var import = new OnnxImport(model);
        var inputs = import.Inputs();
        foreach (var run in ExportedLayers.Runs(import.Needed()))
        {
            if (ExportedLayers.TryAdd(import, [.. run.Select(item => item.Node)]))
                continue;
            foreach (var (node, index) in run)
                import.Add(node, index);
        }

        var outputs = model.Outputs.Select(import.Output).ToList();
        if (import._objections.Count == 0 && (outputs.Count == 0 || outputs.Any(output => output is not ImportedLayer)))
            import._objections.Add("its outputs are not what a layer gives");
        if (import._objections.Count > 0)
            throw new ModelGenException($"'{path}' can't be imported: {string.Join("; ", import._objections)}.");
        return new ImportedNetwork(inputs, import._layers, [.. outputs.Cast<ImportedLayer>()]).Write(name, space);
    }

    /// <summary>The value of the network that a node takes.</summary>
    /// <exception cref="NotSupportedException">It takes a constant there, or nothing.</exception>
    public ImportedValue Value(OnnxNode node, int input) => input < node.Inputs.Count && Find(node.Inputs[input]) is not null
        ? Layer(node.Inputs[input])
        : throw new NotSupportedException($"input {input + 1} is not a value of the network");

    /// <summary>A value of the network by its name in the file; null where it is none.</summary>
    public ImportedValue? Find(string name) => _values.GetValueOrDefault(name);

    /// <summary>Says what gives a value.</summary>
    public void Set(string name, ImportedValue value) => _values[name] = value;

    /// <summary>Whether a node takes a value of the network there.</summary>
    public bool HasValue(OnnxNode node, int input) => input < node.Inputs.Count && _values.ContainsKey(node.Inputs[input]);

    /// <summary>Adds a layer of one input.</summary>
    public ImportedLayer Add(string keyword, ImportedValue input, params (string Name, SpecValue Value)[] settings) => Add(keyword, [input], settings);

    /// <summary>Adds a layer.</summary>
    /// <param name="keyword">Its kind.</param>
    /// <param name="inputs">What flows in, and its operands.</param>
    /// <param name="settings">Its settings.</param>
    /// <exception cref="NotSupportedException">The layer can't be so.</exception>
    public ImportedLayer Add(string keyword, IReadOnlyList<ImportedValue> inputs, params (string Name, SpecValue Value)[] settings)
    {
        var (kind, _, shape) = Bind(keyword, inputs, settings);
        var layer = new ImportedLayer(kind, [.. settings.Select(setting => new SettingSpec(setting.Name, setting.Value))], inputs, shape);
        _layers.Add(layer);
        return layer;
    }

    /// <summary>A layer's settings as it reads them, and the shape that it gives; null where it can't be so.</summary>
    public static (LayerKind Kind, Settings Settings, TensorShape Shape)? TryBind(
        string keyword, IReadOnlyList<ImportedValue> inputs, params (string Name, SpecValue Value)[] settings)
    {
        try
        {
            return Bind(keyword, inputs, settings);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static (LayerKind Kind, Settings Settings, TensorShape Shape) Bind(
        string keyword, IReadOnlyList<ImportedValue> inputs, (string Name, SpecValue Value)[] settings)
    {
        var kind = (LayerKind)LayerCatalogue.Find(keyword)!;
        if (inputs.Count > 1 && kind.Operands is null)
            throw new NotSupportedException($"{keyword} takes one value");
        var findings = new List<Finding>();
        // What it takes is written when all have their names; to be checked, any will do.
        var section = SectionSpec.Of(
            keyword,
            [
                .. settings.Select(setting => new SettingSpec(setting.Name, setting.Value)),
                .. inputs.Count == 1 ? Enumerable.Empty<SettingSpec>() : [new SettingSpec(kind.Operands!.Name, SpecValue.Of("x"))]
            ]);
        if (SettingsBinder.Bind(section, keyword, keyword, kind.Settings, findings) is not { } bound)
            throw new NotSupportedException(findings[0].Message.TrimEnd('.'));
        var inferred = kind.Infer(bound, [.. inputs.Select(input => input.Shape)]);
        return inferred.Shape is { } shape
            ? (kind, bound, shape)
            : throw new NotSupportedException($"{keyword} does not take {inputs[0].Shape} so ({string.Join(" ", inferred.Arguments)})");
    }

    /// <summary>Puts a layer in the place of another.</summary>
    public ImportedLayer Replace(ImportedLayer old, ImportedLayer other)
    {
        _layers[_layers.FindIndex(layer => ReferenceEquals(layer, old))] = other;
        return other;
    }

    // A function of each number becomes a layer when somebody takes it, because only the last of its nodes has the activation's values.
    private ImportedValue Layer(string name) => _values[name] is ElementwiseValue spelt ? _values[name] = Elementwise.Resolve(this, spelt) : _values[name];

    private ImportedValue? Output(string name)
    {
        try
        {
            return _values.ContainsKey(name) ? Layer(name) : null;
        }
        catch (NotSupportedException why)
        {
            _objections.Add($"output '{name}': {why.Message}");
            return null;
        }
    }

    private List<ImportedInput> Inputs()
    {
        var inputs = new List<ImportedInput>();
        foreach (var input in _model.Inputs)
        {
            if (input.Sizes.Count < 2 || input.Sizes.Skip(1).Any(size => size is not > 0))
            {
                _objections.Add($"input '{input.Name}' has no fixed sizes behind its batch: export it with an example of fixed size");
                continue;
            }

            var value = new ImportedInput(TensorShape.Of([.. input.Sizes.Skip(1).Select(size => size!.Value)]) with { IsIndices = input.IsIndices });
            value.Name = _model.Inputs.Count == 1 ? ModelSpec.OnlyInput : ImportedNetwork.Word(input.Name);
            inputs.Add(value);
            _values[input.Name] = value;
        }

        if (inputs.Count == 0)
            _objections.Add("it has no input");
        return inputs;
    }

    /// <summary>The nodes that the outputs need, with their places.</summary>
    private List<(OnnxNode Node, int Index)> Needed()
    {
        var values = _model.Outputs.ToHashSet(StringComparer.Ordinal);
        var nodes = new List<(OnnxNode, int)>();
        for (var i = _model.Nodes.Count - 1; i >= 0; i--)
        {
            if (!_model.Nodes[i].Outputs.Any(values.Contains))
                continue;
            values.UnionWith(_model.Nodes[i].Inputs);
            nodes.Add((_model.Nodes[i], i));
        }

        nodes.Reverse();
        return nodes;
    }

    private void Add(OnnxNode node, int index)
    {
        // What a node without a layer gives is not known, and whoever takes it is not to blame.
        if (_objections.Count > 0 && node.Inputs.Any(input => input.Length > 0 && !_values.ContainsKey(input) && !Constants.IsKnown(input)))
            return;
        try
        {
            if (Constants.TryAdd(node, name => _values.GetValueOrDefault(name)))
                return;
            _values[node.Outputs[0]] = Elementwise.Find(this, node) is { } spelt ? spelt : OnnxOperators.Find(node.Operator) is { } make
                ? make(this, node)
                : throw new NotSupportedException("no layer stands for this operator");
            if (node.Outputs.Skip(1).Any(output => output.Length > 0 && Uses.ContainsKey(output)))
                throw new NotSupportedException("more than its first output is taken");
        }
        catch (NotSupportedException why)
        {
            Object(why.Message);
        }
        catch (Exception error) when (error is IndexOutOfRangeException or ArgumentOutOfRangeException or ArithmeticException)
        {
            // It has less than it speaks of, or numbers that nothing can be computed with.
            Object("it is not as ONNX has it");
        }

        void Object(string why) => _objections.Add(
            $"{(node.Name.Length > 0 ? $"node '{node.Name}'" : FormattableString.Invariant($"node {index + 1}"))} ({SpecValue.Shorten(node.Operator)}): {why}");
    }
}
