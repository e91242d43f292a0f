using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AdaptiveMaxPool1d() : AdaptivePooling(directions: 1)
{
    public override string Keyword => "adaptive_max_pool1d";

    public override string AttributeName => "AdaptiveMaxPool1d";

    public override string Doc => "The largest values of windows sized so that the output is output_size long: [N, C, L] to [N, C, output_size]";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
