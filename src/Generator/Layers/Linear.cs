using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Linear : LayerKind
{
    private static readonly Parameter<long> OutFeatures = Parameter.Integer("out_features", "The number of outputs", 1, positional: true);
    private static readonly Parameter<long> InFeatures = Parameter.Declared("in_features", "The number of inputs, to have it checked");
    private static readonly Parameter<bool> Bias = Parameter.Flag("bias", "Adds a trained value to each output", true);

    public override string Keyword => "linear";

    public override string AttributeName => "Linear";

    public override string Stem => "fc";

    public override string Doc =>
        "Fully connected layer, x times the transposed weights plus the bias: [N, F] to [N, out_features], and [N, L, F] to [N, L, out_features]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [OutFeatures, InFeatures, Bias];

    public override bool IsLinear => true;

    public override bool IsOnlyItsOutput => true;

    public override bool OutputMayBeOverwritten => true;

    public override Parameter<long> Width => OutFeatures;

    public override TensorShape ExampleInput => TensorShape.Of(6);

    public override Parameter<bool> BiasSwitch => Bias;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank is not (2 or 3))
        {
            var flatten = string.Format(CultureInfo.InvariantCulture, "put flatten before it, which gives [N, {0}]", input.ElementCount);
            return Inference.WrongRank("[N, F] or [N, L, F]", Fix.Of(flatten, new InsertLayer(default, SectionSpec.Of("flatten"))));
        }

        var features = input[input.Rank - 2];
        return Inference.Declared(settings, InFeatures, features) ?? TensorShape.Of([.. input.Sizes.Take(input.Rank - 2), settings.Get(OutFeatures)]);
    }

    public override long CountParameters(Settings settings, TensorShape input) =>
        checked((settings.Get(OutFeatures) * input[input.Rank - 2]) + (settings.Get(Bias) ? settings.Get(OutFeatures) : 0));

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => checked(settings.Get(OutFeatures) * input.ElementCount);

    public override bool SeesAll => true;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (features, width) = (inputs[0][inputs[0].Rank - 2], settings.Get(OutFeatures));
        var rows = inputs[0].ElementCount / features;

        // Many rows of one sample are pixels of a convolution that sees one at a time: each weight that is loaded serves several, and the next layers can be part of it.
        if (rows > 1)
        {
            return new Kernel(
                "Conv2d", KernelForm.Samples,
                ("Height", rows), ("Width", 1L), ("InChannels", features),
                ("OutHeight", rows), ("OutWidth", 1L), ("OutChannels", width),
                ("KernelHeight", 1L), ("KernelWidth", 1L),
                ("HasBias", settings.Get(Bias)))
            {
                SharesWeights = true,
                TakesFollowers = true,
                TakesRows = rows < Kernel.ManyPixels,
                Parameters = Kernel.WeightAndBias([width, features], settings.Get(Bias)),
            };
        }

        return new Kernel("Linear", KernelForm.Rows, ("InFeatures", features), ("OutFeatures", width))
        {
            Parameters = Kernel.WeightAndBias([width, features], settings.Get(Bias)),
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("in_features", input[input.Sizes.Count - 1]),
        Argument.Of("out_features", settings.Get(OutFeatures)),
        Argument.Named("hasBias", Bias, settings),
    ];

    public override string Onnx(OnnxLayer layer) => layer.Shape.Rank == 2
        ? layer.Add("Gemm", [layer.Input, layer.Weight("weight"), layer.Weight("bias", layer.Get(Bias))], ("transB", 1L))
        : layer.Mapped(layer.Input, layer.Weight("weight"), layer.Weight("bias", layer.Get(Bias)));
}
