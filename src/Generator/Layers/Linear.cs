using System.Collections.Generic;
using System.Globalization;
using ModelGen.Emit;
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

    public override string Doc => "Fully connected layer, x times the transposed weights plus the bias: [N, F] to [N, out_features]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [OutFeatures, InFeatures, Bias];

    public override LayerTraits Traits => LayerTraits.Linear;

    public override Parameter<long> Width => OutFeatures;

    public override Parameter<bool> BiasSwitch => Bias;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (input.Rank != 2)
        {
            var flatten = string.Format(CultureInfo.InvariantCulture, "put flatten before it, which gives [N, {0}]", input.ElementCount);
            return Inference.WrongRank("[N, F]", Fix.Of(flatten, new InsertLayer(0, SectionSpec.Of("flatten"))));
        }

        return Inference.Declared(settings, InFeatures, input[0]) ?? TensorShape.Of(settings.Get(OutFeatures));
    }

    public override long CountParameters(Settings settings, TensorShape input) =>
        checked((settings.Get(OutFeatures) * input[0]) + (settings.Get(Bias) ? settings.Get(OutFeatures) : 0));

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => checked(settings.Get(OutFeatures) * input[0]);

    public override IEnumerable<string?> TorchArguments(Settings settings, TensorShape input) =>
    [
        CSharpLiteral.Of(input[0]),
        CSharpLiteral.Of(settings.Get(OutFeatures)),
        settings.Get(Bias) ? null : "hasBias: false",
    ];
}
