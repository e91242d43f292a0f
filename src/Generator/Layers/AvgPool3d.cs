using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AvgPool3d() : AveragePooling(directions: 3)
{
    public override string Keyword => "avg_pool3d";

    public override string AttributeName => "AvgPool3d";

    public override string Doc => "The average under each window: [N, C, D, H, W] to [N, C, D', H', W'], where D' = floor((D + 2 padding - kernel_size) / stride) + 1, and H' and W' likewise";

    public override TensorShape ExampleInput => TensorShape.Of(2, 5, 6, 7);
}
