using System;
using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What the layers of a transformer's encoder and decoder share.</summary>
internal abstract class TransformerLayer : Attention
{
    private static readonly string[] Activations = ["relu", "gelu"];

    private readonly Parameter<long> _dimFeedforward = Parameter.Integer("dim_feedforward", "The width between the two linear layers", 1, 2048);
    private readonly Parameter<double> _dropout = Parameter.Real(
        "dropout", "The probability of a value to be dropped in training, in all places", 0, 0.1, max: 1);
    private readonly Parameter<string> _activation = Parameter.Choice("activation", "What stands between the two linear layers", Activations, "relu");
    private readonly Parameter<double> _layerNormEps = Parameter.Real("layer_norm_eps", "What the layer norms add to the variance", 0, 1e-5);
    private readonly Parameter<bool> _normFirst = Parameter.Flag(
        "norm_first", "Puts the layer norms before attention and linear layers, rather than behind the sums", false);
    private readonly Parameter<bool> _causal = Parameter.Flag("causal", "Lets each position see itself and those before it only, in its own sequence", false);

    protected TransformerLayer(params Parameter[] operands)
        : base("d_model") =>
        Parameters = [NumHeads, .. operands, Features, _dimFeedforward, _dropout, _activation, _layerNormEps, _normFirst, _causal];

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override string TorchType => "global::ModelGen.Torch." + AttributeName;

    public override string TorchFactory => "new " + TorchType;

    /// <summary>The number of attentions.</summary>
    protected abstract int Attentions { get; }

    public override long CountParameters(Settings settings, TensorShape input)
    {
        var (features, width) = (input[1], settings.Get(_dimFeedforward));
        // Behind the attentions are two linear layers with their biases, and one layer norm more than there are attentions.
        return checked((Attentions * Weights(features, hasBias: true)) + (2 * features * width) + width + features + ((Attentions + 1) * 2 * features));
    }

    public override long CountMultiplyAdds(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (length, features) = (output[0], output[1]);
        var count = checked(2 * length * features * settings.Get(_dimFeedforward));
        foreach (var seen in inputs)
            count = checked(count + Products(length, seen[0], features));
        return count;
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var activation = settings.Get(_activation);
        return
        [
            Argument.Of("d_model", input[1]),
            Argument.Of("nhead", settings.Get(NumHeads)),
            Argument.Named("dimFeedforward", _dimFeedforward, settings),
            Argument.Named("dropout", _dropout, settings),
            new Argument("activation", Activation(activation), IsDefault: activation == _activation.Value),
            Argument.Named("layerNormEps", _layerNormEps, settings),
            Argument.Named("normFirst", _normFirst, settings),
            Argument.Named("causal", _causal, settings),
        ];
    }

    private static string Activation(string activation) => "global::TorchSharp.torch.nn.Activations." + (activation == "gelu" ? "GELU" : "ReLU");

    /// <summary>ONNX: the parts one behind the other, each with its shortcut and its layer norm.</summary>
    public override string Onnx(OnnxLayer layer)
    {
        var (features, length) = (layer.Shape[1], layer.Shape[0]);
        var value = Sublayer(layer.Input, 1, normal => Attend("self_attn.", normal, normal, length, layer.Get(_causal)));
        if (Attentions == 2)
            value = Sublayer(value, 2, normal => Attend("multihead_attn.", normal, layer.Inputs[1], layer.Shapes[1][0], isCausal: false));
        return Sublayer(value, Attentions + 1, normal =>
        {
            var wide = Mapped("linear1", normal);
            return Mapped("linear2", layer.Get(_activation) == "gelu" ? GELU.Onnx(layer, wide, isApproximate: false) : layer.Add("Relu", wide));
        });

        string Attend(string prefix, string asked, string seen, long others, bool isCausal) =>
            layer.Attended(prefix, asked, seen, (length, others), features, layer.Get(NumHeads), hasBias: true, isCausal);

        string Mapped(string name, string input) => layer.Mapped(input, layer.Weight(name + ".weight"), layer.Weight(name + ".bias"));

        string Normalised(string input, int number)
        {
            var name = "norm" + CSharpLiteral.Of((long)number);
            return layer.LayerNormalised(input, layer.Weight(name + ".weight"), layer.Weight(name + ".bias"), layer.Get(_layerNormEps));
        }

        string Sublayer(string input, int number, Func<string, string> part) => layer.Get(_normFirst)
            ? layer.Add("Add", input, part(Normalised(input, number)))
            : Normalised(layer.Add("Add", input, part(input)), number);
    }
}
