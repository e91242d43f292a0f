using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class MaxPool3d() : MaxPooling(directions: 3)
{
    public override string Keyword => "max_pool3d";

    public override string AttributeName => "MaxPool3d";

    public override string Doc => "The largest value under each window: [N, C, D, H, W] to [N, C, D', H', W'], where D' = floor((D + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and H' and W' likewise";

    public override TensorShape ExampleInput => TensorShape.Of(2, 5, 6, 7);
}
