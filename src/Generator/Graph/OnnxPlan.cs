using System.Collections.Generic;
using System.Linq;
using ModelGen.Layers;

namespace ModelGen.Graph;

/// <summary>A value that goes into or comes out of the network: the spec's name for it, and its shape.</summary>
internal readonly record struct OnnxValue(string Name, TensorShape Shape);

/// <summary>
/// A network as nodes of ONNX, in the order in which data flows. A value has the key of the layer that gives it, and a weight its key in the
/// state_dict. What nobody takes is left out.
/// </summary>
internal sealed class OnnxPlan
{
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxConstant> _constants = [];

    private OnnxPlan(ModelGraph graph)
    {
        var (flat, needed) = (graph.Flat, graph.Flat.Needed());
        var values = new string[flat.Layers.Count];
        Inputs = [.. graph.Root.Inputs.Select(input => new OnnxValue(input.Name, input.Shape))];
        for (var i = 0; i < values.Length; i++)
        {
            if (needed[i])
                values[i] = Add(flat.Layers[i], [.. flat.Layers[i].Sources.Select(Of)]);
        }

        Outputs = [.. flat.Outputs.Select((source, i) => Output(graph.Root, graph.Root.Outputs[i], Of(source)))];

        string Of(int source) => source < 0 ? Inputs[~source].Name : values[source];
    }

    public IReadOnlyList<OnnxValue> Inputs { get; }

    public IReadOnlyList<OnnxValue> Outputs { get; }

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    public IReadOnlyList<OnnxConstant> Constants => _constants;

    /// <summary>The plan of a network whose layers all have a form.</summary>
    public static OnnxPlan Of(ModelGraph graph) => new(graph);

    /// <summary>The layers without a form.</summary>
    public static IEnumerable<FlatLayer> Missing(ModelGraph graph)
    {
        var needed = graph.Flat.Needed();
        return graph.Layers.Where((layer, i) => needed[i] && layer.Node.Kind.Onnx(new OnnxLayer(layer, [.. layer.Sources.Select(_ => "value")])) is null);
    }

    /// <summary>Adds a layer's nodes; the one that gives its value gets its name.</summary>
    private string Add(FlatLayer layer, IReadOnlyList<string> inputs)
    {
        var (nodes, constants, value) = Write(layer, inputs)!.Value;
        _constants.AddRange(constants);
        _nodes.AddRange(nodes);
        return value;
    }

    /// <summary>What a layer is written as, and the name of the value that it gives; null for one without a form.</summary>
    public static (IReadOnlyList<OnnxNode> Nodes, IReadOnlyList<OnnxConstant> Constants, string Value)? Write(FlatLayer layer, IReadOnlyList<string> inputs)
    {
        var form = new OnnxLayer(layer, inputs);
        if (layer.Node.Kind.Onnx(form) is not { } value)
            return null;
        // A layer that is nothing but one tensor has its name in the state_dict already.
        var name = layer.Node.Kind.TorchRegistration == "register_parameter" ? layer.Key + "/output" : layer.Key;
        OnnxNode[] nodes = [.. form.Nodes.Select(node => node.Outputs.Contains(value)
            ? node with { Name = layer.Key, Outputs = [.. node.Outputs.Select(output => output == value ? name : output)] }
            : node)];
        return (nodes, form.Constants, inputs.Contains(value) ? value : name);
    }

    /// <summary>An output has the name that the network itself has for it: that of a block, and not of the block's last layer.</summary>
    private OnnxValue Output(ModuleGraph root, int output, string value)
    {
        var name = output < root.Inputs.Count ? "output" : root.Nodes[output - root.Inputs.Count].Name.Key;
        if (name != value && value != name + "/output")
        {
            _nodes.Add(new OnnxNode(name, "Identity", [value], [], [name]));
            value = name;
        }

        return new OnnxValue(value, root.ShapeOf(output));
    }
}
