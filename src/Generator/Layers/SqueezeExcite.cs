using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class SqueezeExcite : LayerKind
{
    private static readonly Parameter<long> SqueezeChannels = Parameter.Integer(
        "squeeze_channels", "The channels between the two convolutions", 1, positional: true).Such(SpecValue.Of(2));
    private static readonly Parameter<string> Activation = Parameter.Choice("activation", "What stands between the two convolutions", ["relu", "silu"], "relu");
    private static readonly Parameter<string> Gate = Parameter.Choice("gate", "What makes the factors", ["sigmoid", "hardsigmoid"], "sigmoid");

    public override string Keyword => "squeeze_excite";

    public override string AttributeName => "SqueezeExcite";

    public override string Stem => "se";

    public override string Doc => "Scales each channel by gate(fc2(activation(fc1(m)))), where m are the means of all channels, and fc1 and fc2 convolutions of 1x1: [N, C, H, W] to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [SqueezeChannels, Activation, Gate];

    public override bool SeesAll => true;

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank == 4 ? input : Inference.WrongRank("[N, C, H, W]");

    public override long CountParameters(Settings settings, TensorShape input) =>
        checked(CountMultiplyAdds(settings, input, input) + settings.Get(SqueezeChannels) + input[0]);

    public override long CountMultiplyAdds(Settings settings, TensorShape input, TensorShape output) => checked(2 * input[0] * settings.Get(SqueezeChannels));

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (channels, squeezed) = (inputs[0][0], settings.Get(SqueezeChannels));
        var bound = 1 / System.Math.Sqrt(squeezed); // BiasUniform's, of the second weight
        return Kernel.OfImage("SqueezeExcite", KernelForm.Samples, inputs[0], ("SqueezeChannels", squeezed)) with
        {
            Activation = $"{(settings.Get(Activation) == "silu" ? "SiLU" : "ReLU")}, Kernels::{SpecNames.ToPascalCase(settings.Get(Gate))}",
            Parameters =
            [
                new("fc1.weight", [squeezed, channels, 1, 1], "KaimingUniform(random, {0})"),
                new("fc1.bias", [squeezed], "BiasUniform(random, {0}, {1})"),
                new("fc2.weight", [channels, squeezed, 1, 1], "KaimingUniform(random, {0})"),
                new("fc2.bias", [channels], $"Uniform(random, {{0}}, -{CSharpLiteral.Of(bound)}, {CSharpLiteral.Of(bound)})"),
            ],
        };
    }

    public override string TorchType => "global::ModelGen.Torch.SqueezeExcite";

    public override string TorchFactory => "new " + TorchType;

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("channels", input[0]),
        Argument.Of("squeeze_channels", settings.Get(SqueezeChannels)),
        settings.Get(Activation) == "silu"
            ? new Argument("activation", "global::TorchSharp.torch.nn.SiLU()")
            : new Argument("activation", "null", IsDefault: true),
        settings.Get(Gate) == "hardsigmoid"
            ? new Argument("gate", "global::TorchSharp.torch.nn.Hardsigmoid()")
            : new Argument("gate", "null", IsDefault: true),
    ];

    public override string Onnx(OnnxLayer layer)
    {
        var narrow = layer.Add("Conv", layer.Add("GlobalAveragePool", layer.Input), layer.Weight("fc1.weight"), layer.Weight("fc1.bias"));
        var active = layer.Get(Activation) == "silu" ? layer.Add("Mul", narrow, layer.Add("Sigmoid", narrow)) : layer.Add("Relu", narrow);
        var wide = layer.Add("Conv", active, layer.Weight("fc2.weight"), layer.Weight("fc2.bias"));
        var factors = layer.Get(Gate) == "hardsigmoid" ? layer.Add("HardSigmoid", [wide], ("alpha", 1 / 6.0), ("beta", 0.5)) : layer.Add("Sigmoid", wide);
        return layer.Add("Mul", layer.Input, factors);
    }
}
