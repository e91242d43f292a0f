using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>Which layer stands for a node of ONNX.</summary>
internal static class OnnxOperators
{
    private static readonly Dictionary<string, Func<OnnxImport, OnnxNode, ImportedValue>> Makers = new(StringComparer.Ordinal)
    {
        ["Conv"] = WeightedOperators.Convolution,
        ["ConvTranspose"] = WeightedOperators.TransposedConvolution,
        ["Gemm"] = WeightedOperators.Gemm,
        ["MatMul"] = WeightedOperators.MatMul,
        ["BatchNormalization"] = WeightedOperators.BatchNorm,
        ["InstanceNormalization"] = WeightedOperators.InstanceNorm,
        ["LayerNormalization"] = WeightedOperators.LayerNorm,
        ["PRelu"] = WeightedOperators.PRelu,
        ["Gather"] = WeightedOperators.Gather,
        ["MaxPool"] = PoolOperators.MaxPool,
        ["AveragePool"] = PoolOperators.AveragePool,
        ["GlobalAveragePool"] = (import, node) => PoolOperators.Global(import, node, "adaptive_avg_pool", "mean"),
        ["GlobalMaxPool"] = (import, node) => PoolOperators.Global(import, node, "adaptive_max_pool", "amax"),
        ["ReduceMean"] = (import, node) => PoolOperators.Reduction(import, node, "mean"),
        ["ReduceMax"] = (import, node) => PoolOperators.Reduction(import, node, "amax"),
        ["Reshape"] = ShapeOperators.Reshape,
        ["Flatten"] = ShapeOperators.Flatten,
        ["Squeeze"] = ShapeOperators.Squeeze,
        ["Unsqueeze"] = ShapeOperators.Unsqueeze,
        ["Transpose"] = ShapeOperators.Transpose,
        ["Concat"] = ShapeOperators.Concat,
        ["Pad"] = ShapeOperators.Pad,
        ["Resize"] = ShapeOperators.Resize,
        ["Upsample"] = ShapeOperators.Resize,
        ["DepthToSpace"] = ShapeOperators.DepthToSpace,
        ["Add"] = (import, node) => WeightedOperators.WithBias(import, node) ?? Merge(import, node, "add"),
        ["Mul"] = Product,
        ["Relu"] = Plain("relu"),
        ["Sigmoid"] = Plain("sigmoid"),
        ["Tanh"] = Plain("tanh"),
        ["Selu"] = Plain("selu"),
        ["HardSwish"] = Plain("hardswish"),
        ["Mish"] = Plain("mish"),
        ["Softplus"] = Plain("softplus"),
        ["LeakyRelu"] = (import, node) => import.Add("leaky_relu", import.Value(node, 0), ("negative_slope", SpecValue.Of(node.Setting("alpha", 0.01)))),
        ["Elu"] = (import, node) => import.Add("elu", import.Value(node, 0), ("alpha", SpecValue.Of(node.Setting("alpha", 1.0)))),
        ["Celu"] = (import, node) => import.Add("celu", import.Value(node, 0), ("alpha", SpecValue.Of(node.Setting("alpha", 1.0)))),
        ["Gelu"] = (import, node) => import.Add("gelu", import.Value(node, 0), ("approximate", SpecValue.Of(node.Setting("approximate", "none")))),
        ["HardSigmoid"] = HardSigmoid,
        ["Clip"] = Clip,
        ["Softmax"] = (import, node) => Softmax(import, node, "softmax"),
        ["LogSoftmax"] = (import, node) => Softmax(import, node, "log_softmax"),
        ["Dropout"] = Dropout,
        ["Identity"] = (import, node) => import.Value(node, 0),
        ["LRN"] = LocalResponseNorm,
    };

    /// <summary>What makes layers of nodes of an operator; null for one that no layer stands for.</summary>
    public static Func<OnnxImport, OnnxNode, ImportedValue>? Find(string op) => Makers.GetValueOrDefault(op);

    private static Func<OnnxImport, OnnxNode, ImportedValue> Plain(string keyword) => (import, node) => import.Add(keyword, import.Value(node, 0));

    private static ImportedLayer Merge(OnnxImport import, OnnxNode node, string keyword) => import.Add(keyword, [import.Value(node, 0), import.Value(node, 1)]);

    /// <summary>A product of values, or an activation that is one: x sigmoid(x), x tanh(softplus(x)), x hardsigmoid(x).</summary>
    private static ImportedLayer Product(OnnxImport import, OnnxNode node)
    {
        var (one, other) = (import.Value(node, 0), import.Value(node, 1));
        foreach (var (value, factor) in new[] { (one, other), (other, one) })
        {
            if (factor is ImportedLayer { Kind.Keyword: "sigmoid" } sigmoid && ReferenceEquals(sigmoid.Inputs[0], value))
                return import.Add("silu", value);
            if (factor is ImportedLayer { Kind.Keyword: "hardsigmoid" } hard && ReferenceEquals(hard.Inputs[0], value))
                return import.Add("hardswish", value);
            if (factor is ImportedLayer { Kind.Keyword: "tanh", Inputs: [ImportedLayer { Kind.Keyword: "softplus" } softplus] }
                && ReferenceEquals(softplus.Inputs[0], value))
                return import.Add("mish", value);
        }

        return Merge(import, node, "mul");
    }

    private static ImportedLayer HardSigmoid(OnnxImport import, OnnxNode node) =>
        Math.Abs(node.Setting("alpha", 0.2) - (1 / 6.0)) < 1e-6 && node.Setting("beta", 0.5) == 0.5
            ? import.Add("hardsigmoid", import.Value(node, 0))
            : throw new NotSupportedException("its slope is not PyTorch's 1/6");

    private static ImportedLayer Clip(OnnxImport import, OnnxNode node)
    {
        var (least, most) = node.Inputs.Count > 2
            ? (import.Constants.Values(node, 1)[0], import.Constants.Values(node, 2)[0])
            : (node.Setting("min", double.NegativeInfinity), node.Setting("max", double.PositiveInfinity));
        return (least, most) == (0, 6) ? import.Add("relu6", import.Value(node, 0)) : throw new NotSupportedException("its ends are not 0 and 6, which relu6 has");
    }

    private static ImportedLayer Softmax(OnnxImport import, OnnxNode node, string keyword)
    {
        var input = import.Value(node, 0);
        // Before operator set 13 all dimensions from the axis on were one.
        var axis = node.Setting("axis", import.Opset < 13 ? 1 : -1);
        if (import.Opset < 13 && axis != input.Shape.Rank - 1 && axis != -1)
            throw new NotSupportedException("it sums over several dimensions");
        return import.Add(keyword, input, ("dim", SpecValue.Of(axis)));
    }

    private static ImportedLayer Dropout(OnnxImport import, OnnxNode node)
    {
        var share = import.Constants.HasWeight(node, 1) ? import.Constants.Values(node, 1)[0] : node.Setting("ratio", 0.5);
        return import.Add("dropout", import.Value(node, 0), ("p", SpecValue.Of(Math.Round(share, 6))));
    }

    private static ImportedLayer LocalResponseNorm(OnnxImport import, OnnxNode node)
    {
        var size = node.Setting("size", 1);
        if (size % 2 == 0)
            throw new NotSupportedException("an even size takes other neighbours than PyTorch's layer");
        return import.Add(
            "local_response_norm",
            import.Value(node, 0),
            ("size", SpecValue.Of(size)),
            ("alpha", SpecValue.Of(node.Setting("alpha", 1e-4))),
            ("beta", SpecValue.Of(node.Setting("beta", 0.75))),
            ("k", SpecValue.Of(node.Setting("bias", 1.0))));
    }
}
