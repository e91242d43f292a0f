using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class MultiHeadAttention : Attention
{
    private static readonly Parameter<IReadOnlyList<string>> With = Parameter.Outputs(
        "with", "The layer whose output holds keys and values, for cross attention", fallbackWords: "what flows in");
    private static readonly Parameter<IReadOnlyList<string>> Mask = Parameter.Outputs(
        "mask", "The layer or input that says which positions are seen, [N, M] for M of them: 1 for a word, 0 for padding", fallbackWords: "all are", positional: false);
    private static readonly Parameter<double> Dropout = Parameter.Real("dropout", "The probability of an attention weight to be dropped in training", 0, 0, max: 1);
    private static readonly Parameter<bool> Bias = Parameter.Flag("bias", "Adds trained values to queries, keys, values and outputs", true);
    private static readonly Parameter<bool> Causal = Parameter.Flag("causal", "Lets each position see itself and those before it only", false);

    public MultiHeadAttention()
        : base("embed_dim") => Parameters = [NumHeads, With, Mask, Features, Dropout, Bias, Causal];

    public override string Keyword => "multi_head_attention";

    public override string AttributeName => "MultiHeadAttention";

    public override string Stem => "attention";

    public override string Doc => "Multi-head attention, softmax(Q K^T / sqrt(E / num_heads)) V in each head: [N, L, E], and [N, M, E] where 'with' names another sequence, to [N, L, E]. Multiply-adds count projections and both products";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Parameter<IReadOnlyList<string>> Operands => With;

    public override IReadOnlyList<Parameter<IReadOnlyList<string>>> AllOperands { get; } = [With, Mask];

    public override string TorchType => "global::ModelGen.Torch.MultiHeadAttention";

    public override string TorchFactory => "new " + TorchType;

    protected override Inference? Memory(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        var sequences = settings.Has(Mask) ? [.. inputs.Take(inputs.Count - settings.Get(Mask).Count)] : inputs;
        if (sequences.Count > 1 && (settings.Get(Causal) ? CausalOfAnother() : base.Memory(settings, sequences)) is { } wrong)
            return wrong;
        var seen = sequences[sequences.Count - 1][0];
        return !settings.Has(Mask) || (settings.Get(Mask).Count == 1 && inputs[inputs.Count - 1] is { Rank: 2 } mask && mask[0] == seen)
            ? null
            : Inference.Broken(Rules.ShapesDiffer, Mask, string.Format(
                CultureInfo.InvariantCulture, "the mask must be one of [N, {0}], a value for each position that is seen", seen));
    }

    private static Inference CausalOfAnother() => Inference.Broken(
        Rules.SettingsExclude, Causal, "causal", "hides what stands behind a position in its own sequence, but 'with' names another one") with
    {
        Fixes = [Fix.Of("remove causal", new SetLayerSetting(Causal.Name, null))],
    };

    public override long CountParameters(Settings settings, TensorShape input) => Weights(input[1], settings.Get(Bias));

    public override long CountMultiplyAdds(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Products(output[0], inputs[settings.Has(With) ? 1 : 0][0], output[1]);

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        if (settings.Has(Mask))
            return null;
        var (features, hasBias) = (output[1], settings.Get(Bias));
        IEnumerable<(string, object)> flags =
        [
            .. hasBias ? Enumerable.Empty<(string, object)>() : [("HasBias", false)],
            .. settings.Get(Causal) ? [("IsCausal", true)] : Enumerable.Empty<(string, object)>()
        ];
        return new Kernel(
            "MultiHeadAttention", KernelForm.Samples,
            [("Length", output[0]), ("Seen", inputs[inputs.Count - 1][0]), ("Features", features), ("Heads", settings.Get(NumHeads)), .. flags])
        {
            IsForwardOnly = true,
            Parameters =
            [
                new("in_proj_weight", [3 * features, features], "XavierUniform(random, {0})"),
                new("in_proj_bias", [3 * features], "Constant({0}, 0)") { IsThere = hasBias },
                new("out_proj.weight", [features, features], "KaimingUniform(random, {0})"),
                new("out_proj.bias", [features], "Constant({0}, 0)") { IsThere = hasBias },
            ],
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("embed_dim", input[1]),
        Argument.Of("num_heads", settings.Get(NumHeads)),
        Argument.Named("dropout", Dropout, settings),
        Argument.Named("bias", Bias, settings),
        Argument.Named("causal", Causal, settings),
    ];

    // Self attention is told by the same tensor twice.
    public override string TorchCall(Settings settings, string module, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{module}.call({inputs[0]}, {inputs[settings.Has(With) ? 1 : 0]}, {(settings.Has(Mask) ? inputs[inputs.Count - 1] : "null")})";

    public override string Onnx(OnnxLayer layer)
    {
        var (seen, hasMask) = (layer.Settings.Has(With) ? 1 : 0, layer.Settings.Has(Mask));
        var (length, others) = (layer.Shape[0], layer.Shapes[seen][0]);
        return layer.Attended(
            "", layer.Input, layer.Inputs[seen], (length, others), layer.Shape[1],
            layer.Get(NumHeads), layer.Get(Bias), layer.Get(Causal), hasMask ? OnnxMask(layer, others) : null);
    }

    private static string OnnxMask(OnnxLayer layer, long length)
    {
        var (mask, isIndices) = (layer.Inputs[layer.Inputs.Count - 1], layer.Shapes[layer.Shapes.Count - 1].IsIndices);
        var hidden = layer.Add("Equal", layer.Reshaped(mask, 1, 1, length), isIndices ? layer.Integer(0) : layer.Number(0));
        return layer.Add("Where", hidden, layer.Number(double.NegativeInfinity), layer.Number(0));
    }
}
