using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class BatchNorm2d : LayerKind
{
    private static readonly Parameter<long> NumFeatures = Parameter.Declared("num_features", "The number of channels, to have it checked");
    private static readonly Parameter<double> Eps = Parameter.Real("eps", "Added to the variance before the square root", 0, 1e-5);
    private static readonly Parameter<double> Momentum = Parameter.Real("momentum", "The share of the newest batch in the running mean and variance", 0, 0.1, max: 1);
    private static readonly Parameter<bool> Affine = Parameter.Flag("affine", "Scales and shifts each channel by trained values", true);

    public override string Keyword => "batch_norm2d";

    public override string AttributeName => "BatchNorm2d";

    public override string Stem => "bn";

    public override string Doc => "Batch normalisation of each channel: [N, C, H, W] to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [NumFeatures, Eps, Momentum, Affine];

    public override LayerTraits Traits => LayerTraits.BatchNorm;

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank == 4
        ? Inference.Declared(settings, NumFeatures, input[0]) ?? input
        : Inference.WrongRank("[N, C, H, W]");

    public override long CountParameters(Settings settings, TensorShape input) => settings.Get(Affine) ? checked(2 * input[0]) : 0;

    public override IEnumerable<string?> TorchArguments(Settings settings, TensorShape input) =>
    [
        CSharpLiteral.Of(input[0]),
        settings.Has(Eps) ? "eps: " + CSharpLiteral.Of(settings.Get(Eps)) : null,
        settings.Has(Momentum) ? "momentum: " + CSharpLiteral.Of(settings.Get(Momentum)) : null,
        settings.Get(Affine) ? null : "affine: false",
    ];
}
