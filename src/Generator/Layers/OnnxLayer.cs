using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>A node of ONNX: one operator, which computes one or more values.</summary>
/// <param name="Name">Its name, <c>gelu1/Erf</c>; the last of a layer has the layer's own.</param>
/// <param name="Operator">The operator: <c>Conv</c>.</param>
/// <param name="Inputs">The values that it takes; empty for one that it does without.</param>
/// <param name="Attributes">Names with <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, or arrays of numbers or texts.</param>
/// <param name="Outputs">The values that it gives; empty for one that nobody takes.</param>
internal sealed record OnnxNode(
    string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<(string Name, object Value)> Attributes, IReadOnlyList<string> Outputs);

/// <summary>A value that the spec decides and no training changes.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Factory">What makes it: a method of <c>ModelGen.Formats.Onnx.OnnxConstant</c>.</param>
/// <param name="Arguments">What that takes behind the name: <see cref="long"/>, <see cref="double"/>, or arrays of whole numbers.</param>
internal sealed record OnnxConstant(string Name, string Factory, params object[] Arguments);

/// <summary>A layer while its ONNX form is written down: what it takes, and the nodes that compute it, in their order.</summary>
internal sealed class OnnxLayer
{
    private readonly FlatLayer _layer;
    private readonly List<OnnxNode> _nodes = [];
    private readonly List<OnnxConstant> _constants = [];
    private readonly UniqueNames _names = new([]);

    /// <param name="layer">The layer.</param>
    /// <param name="inputs">The names of what it takes.</param>
    public OnnxLayer(FlatLayer layer, IReadOnlyList<string> inputs) => (_layer, Inputs) = (layer, inputs);

    /// <summary>The layer's key, which is the name of the value that it gives.</summary>
    public string Key => _layer.Key;

    public Settings Settings => _layer.Node.Settings;

    /// <summary>What flows in.</summary>
    public string Input => Inputs[0];

    /// <summary>What flows in, and the operands.</summary>
    public IReadOnlyList<string> Inputs { get; }

    /// <summary>The shape of what flows in.</summary>
    public TensorShape Shape => _layer.Node.Input;

    /// <summary>The shapes of all inputs.</summary>
    public IReadOnlyList<TensorShape> Shapes => _layer.Node.Inputs;

    /// <summary>The shape of what it gives.</summary>
    public TensorShape Output => _layer.Node.Output;

    public IReadOnlyList<OnnxNode> Nodes => _nodes;

    public IReadOnlyList<OnnxConstant> Constants => _constants;

    /// <summary>The value of one of its settings.</summary>
    public T Get<T>(Parameter<T> parameter) => Settings.Get(parameter);

    /// <summary>One of its tensors in the state_dict.</summary>
    public string Weight(string name) => $"{Key}.{name}";

    /// <summary>The same, empty where the layer does without.</summary>
    public string Weight(string name, bool isThere) => isThere ? Weight(name) : "";

    /// <summary>Adds a node and gives the name of its value.</summary>
    public string Add(string op, params string[] inputs) => Add(op, inputs, []);

    /// <summary>The same with attributes.</summary>
    public string Add(string op, IReadOnlyList<string> inputs, params (string Name, object Value)[] attributes) => Add(op, inputs, 0, attributes);

    /// <summary>The same for an operator that gives several values, of which the one at <paramref name="output"/> is wanted.</summary>
    public string Add(string op, IReadOnlyList<string> inputs, int output, params (string Name, object Value)[] attributes)
    {
        var name = Unused(op);
        var taken = inputs.Reverse().SkipWhile(input => input.Length == 0).Reverse().ToArray();
        _nodes.Add(new OnnxNode(name, op, taken, [.. attributes.Where(attribute => !IsDefault(attribute))], [.. Enumerable.Repeat("", output), name]));
        return name;
    }

    /// <summary>Whole numbers, in one dimension.</summary>
    public string Integers(params long[] values) => Constant("Integers", values);

    /// <summary>Whole numbers of a shape.</summary>
    public string Integers(long[] values, long[] shape) => Constant("Integers", values, shape);

    /// <summary>One whole number, without a dimension.</summary>
    public string Integer(long value) => Constant("Integer", value);

    /// <summary>One real number, without a dimension.</summary>
    public string Number(double value) => Constant("Number", value);

    /// <summary>A value that a method of <c>OnnxConstant</c> makes.</summary>
    public string Constant(string factory, params object[] arguments)
    {
        var name = Unused("constant");
        _constants.Add(new OnnxConstant(name, factory, arguments));
        return name;
    }

    // What the operators take when it is not said.
    private static bool IsDefault((string Name, object Value) attribute) => attribute switch
    {
        ("strides" or "dilations", long[] sizes) => sizes.All(size => size == 1),
        ("pads" or "output_padding", long[] sizes) => sizes.All(size => size == 0),
        ("group", long number) => number == 1,
        ("ceil_mode" or "count_include_pad", long number) => number == 0,
        ("direction", string word) => word == "forward",
        _ => false,
    };

    private string Unused(string word) => _names.Next($"{Key}/{word}");
}
