using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class LocalResponseNorm : LayerKind
{
    private static readonly Parameter<long> Size =
        Parameter.Integer("size", "The number of neighbouring channels that each value is divided by", 1, positional: true).Such(SpecValue.Of(5));

    private static readonly Parameter<double> Alpha = Parameter.Real("alpha", "The factor of the mean square", 0, 1e-4);
    private static readonly Parameter<double> Beta = Parameter.Real("beta", "The exponent", 0, 0.75);
    private static readonly Parameter<double> K = Parameter.Real("k", "Added to the mean square", 0, 1);

    public override string Keyword => "local_response_norm";

    public override string AttributeName => "LocalResponseNorm";

    public override string Stem => "lrn";

    public override string Doc =>
        "Local response normalisation, x / (k + alpha mean(x^2))^beta over size neighbouring channels: [N, C, L], [N, C, H, W] and so on to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Size, Alpha, Beta, K];

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input) =>
        input.Rank >= 3 ? input : Inference.WrongRank("[N, C, L], [N, C, H, W] or more dimensions");

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        if (inputs[0].Rank != 4)
            return null;
        var input = inputs[0];
        return new Kernel(
            "LocalResponseNorm", KernelForm.Plain,
            ("Pixels", input[1] * input[2]), ("Channels", input[0]), ("Size", settings.Get(Size)),
            ("Alpha", settings.Get(Alpha)), ("Beta", settings.Get(Beta)), ("K", settings.Get(K)));
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("size", settings.Get(Size)),
        Argument.Named("alpha", Alpha, settings),
        Argument.Named("beta", Beta, settings),
        Argument.Named("k", K, settings),
    ];

    public override string Onnx(OnnxLayer layer)
    {
        // ONNX's LRN takes images, and of an even size other neighbours.
        var (size, shape) = (layer.Get(Size), layer.Shape);
        var squares = layer.Reshaped(layer.Add("Mul", layer.Input, layer.Input), 1, shape[0], shape.ElementCount / shape[0]);
        var means = layer.Add(
            "AveragePool", [layer.Add("Pad", squares, layer.Integers(0, 0, size / 2, 0, 0, 0, (size - 1) / 2, 0))], ("kernel_shape", new[] { size, 1 }));
        var divisor = layer.Add("Add", layer.Add("Mul", layer.Reshaped(means, [.. shape.Sizes]), layer.Number(layer.Get(Alpha))), layer.Number(layer.Get(K)));
        return layer.Add("Div", layer.Input, layer.Add("Pow", divisor, layer.Number(layer.Get(Beta))));
    }
}
