using ModelGen.Formats;
using ModelGen.Formats.Onnx;

namespace ModelGen.Tool.Import;

/// <summary>
/// Layer norms in the nine nodes that PyTorch's exporter writes before operator set 17, which has a node for them: with d = x - mean(x) it is
/// d / sqrt(mean(d^2) + eps) weight + bias.
/// </summary>
internal sealed class SpeltLayerNorm
{
    private readonly OnnxModel _model;
    private readonly Dictionary<string, OnnxNode> _makers = new(StringComparer.Ordinal);

    private SpeltLayerNorm(OnnxModel model)
    {
        _model = model;
        foreach (var node in model.Nodes)
        {
            foreach (var output in node.Outputs)
                _makers[output] = node;
        }
    }

    /// <summary>The graph with one node in the place of the last of the nine; the others are taken by nobody then.</summary>
    public static OnnxModel Join(OnnxModel model)
    {
        var norms = new SpeltLayerNorm(model);
        return model with { Nodes = [.. model.Nodes.Select(node => norms.Joined(node) ?? node)] };
    }

    private OnnxNode? Joined(OnnxNode last)
    {
        if (Scaled(last, "Add") is not { } shifted || Scaled(shifted.Made, "Mul") is not { } scaled
            || scaled.Made is not { Operator: "Div", Inputs: [var deviation, var spread] })
            return null;
        if (Maker(deviation) is not { Operator: "Sub", Inputs: [var value, var mean] } || Dims(mean, value) is not { } dims)
            return null;
        if (Maker(spread) is not { Operator: "Sqrt", Inputs: [var sum] } || Maker(sum) is not { Operator: "Add", Inputs: [var variance, var eps] }
            || Number(eps) is not { } epsilon)
            return null;
        if (Maker(variance) is not { Operator: "ReduceMean", Inputs: [var square, ..] } || Dims(variance, square) != dims)
            return null;
        var isSquare = Maker(square) is { Operator: "Pow", Inputs: [var power, var two] }
            ? power == deviation && Number(two) == 2
            : Maker(square) is { Operator: "Mul", Inputs: [var one, var other] } && one == deviation && other == deviation;
        return !isSquare
            ? null
            : new OnnxNode(
                last.Name, "LayerNormalization", [value, scaled.Constant, shifted.Constant],
                [new OnnxSetting("axis", -dims), new OnnxSetting("epsilon", epsilon)])
            { Outputs = last.Outputs };
    }

    // What a node of two operands makes of another node's value and of a tensor.
    private (OnnxNode Made, string Constant)? Scaled(OnnxNode node, string op)
    {
        if (node.Operator != op || node.Inputs is not [var one, var other])
            return null;
        if (Maker(one) is { } first && _model.Tensors.ContainsKey(other))
            return (first, other);
        return Maker(other) is { } second && _model.Tensors.ContainsKey(one) ? (second, one) : null;
    }

    // How many dimensions from the last on a mean is of; null for what is none, or one of something else.
    private long? Dims(string mean, string value) =>
        Maker(mean) is { Operator: "ReduceMean", Inputs: [var of, ..] } node && of == value
        && node.Setting("keepdims", 1) == 1
        && node.Sizes("axes") is { } axes
        && axes.Order().SequenceEqual(Enumerable.Range(-axes.Length, axes.Length).Select(axis => (long)axis))
            ? axes.Length
            : null;

    private double? Number(string name)
    {
        var tensor = _model.Tensors.GetValueOrDefault(name) ?? (Maker(name) is { Operator: "Constant", Attributes: [{ Value: StoredTensor value }] } ? value : null);
        return tensor is { Type: ElementType.Float32, Data.Length: sizeof(float) } ? Math.Round(BitConverter.ToSingle(tensor.Data.Span), 12) : null;
    }

    private OnnxNode? Maker(string value) => _makers.GetValueOrDefault(value);
}
