using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Bilinear : LayerKind
{
    private static readonly Parameter<long> OutFeatures = Parameter.Integer("out_features", "The number of outputs", 1, positional: true);
    private static readonly Parameter<IReadOnlyList<string>> With = Parameter.Outputs("with", "The layer whose output is the second input");
    private static readonly Parameter<long> In1Features = Parameter.Declared("in1_features", "The number of values in the first input, to have it checked");
    private static readonly Parameter<long> In2Features = Parameter.Declared("in2_features", "The number of values in the second input, to have it checked");
    private static readonly Parameter<bool> Bias = Parameter.Flag("bias", "Adds a trained value to each output", true);

    public override string Keyword => "bilinear";

    public override string AttributeName => "Bilinear";

    public override string Stem => "bilinear";

    public override string Doc => "What flows in times trained weights times an earlier output, plus the bias: [N, …, F] and [N, …, G] to [N, …, out_features], each output with a matrix [F, G]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [OutFeatures, With, In1Features, In2Features, Bias];

    public override Parameter<long> Width => OutFeatures;

    public override Parameter<bool> BiasSwitch => Bias;

    public override Parameter<IReadOnlyList<string>> Operands => With;

    public override bool SeesAll => true;

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) => input;

    public override Inference Infer(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        if (inputs.Count != 2)
            return Inference.Broken(Rules.ShapesDiffer, With, $"it takes one more input, but 'with' names {CSharpLiteral.Of(inputs.Count - 1L)}");
        var (one, other) = (inputs[0], inputs[1]);
        var last = one.Rank - 2;
        if (one.Rank != other.Rank)
            return Inference.Broken(Rules.ShapesDiffer, With, string.Format(
                CultureInfo.InvariantCulture, "shapes of {0} and {1} dimensions can't be matched", one.Rank, other.Rank));
        for (var i = 0; i < last; i++)
        {
            if (one[i] != other[i])
                return Inference.Broken(Rules.ShapesDiffer, With, string.Format(
                    CultureInfo.InvariantCulture,
                    "all sizes but the last must be equal, but dimension {0} is {1} in one and {2} in the other",
                    i + 1, one[i], other[i]));
        }

        return Inference.Declared(settings, In1Features, one[last])
            ?? Inference.Declared(settings, In2Features, other[last])
            ?? TensorShape.Of([.. one.Sizes.Take(last), settings.Get(OutFeatures)]);
    }

    public override long CountParameters(Settings settings, IReadOnlyList<TensorShape> inputs) =>
        checked(Weights(settings, inputs) + (settings.Get(Bias) ? settings.Get(OutFeatures) : 0));

    public override long CountMultiplyAdds(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        output.Sizes.Take(output.Sizes.Count - 1).Aggregate(Weights(settings, inputs), (count, size) => checked(count * size));

    public override Argument[] TorchArguments(Settings settings, IReadOnlyList<TensorShape> inputs) =>
    [
        Argument.Of("in1_features", Last(inputs[0])),
        Argument.Of("in2_features", Last(inputs[1])),
        Argument.Of("out_features", settings.Get(OutFeatures)),
        Argument.Named("hasBias", Bias, settings),
    ];

    private static long Weights(Settings settings, IReadOnlyList<TensorShape> inputs) => checked(settings.Get(OutFeatures) * Last(inputs[0]) * Last(inputs[1]));

    private static long Last(TensorShape shape) => shape[shape.Rank - 2];

    public override string Onnx(OnnxLayer layer)
    {
        var product = layer.Add("Einsum", [layer.Inputs[0], layer.Weight("weight"), layer.Inputs[1]], ("equation", "...f,ofg,...g->...o"));
        return layer.Get(Bias) ? layer.Add("Add", product, layer.Weight("bias")) : product;
    }
}
