using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AdaptiveAvgPool2d : LayerKind
{
    private static readonly Parameter<Size> OutputSize = Parameter.Size("output_size", "The output's height and width", 1, positional: true);

    public override string Keyword => "adaptive_avg_pool2d";

    public override string AttributeName => "AdaptiveAvgPool2d";

    public override string Stem => "pool";

    public override string Doc => "Averages over windows sized so that the output is output_size: [N, C, H, W] to [N, C, H', W']";

    public override IReadOnlyList<Parameter> Parameters { get; } = [OutputSize];

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank == 4
        ? TensorShape.Of(input[0], settings.Get(OutputSize)[0], settings.Get(OutputSize)[1])
        : Inference.WrongRank("[N, C, H, W]");

    public override Argument[] TorchArguments(Settings settings, TensorShape input) => [Argument.Of("output_size", settings.Get(OutputSize))];

    public override bool SeesAll => true;
}
