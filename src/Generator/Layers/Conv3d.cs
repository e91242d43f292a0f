using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Conv3d() : Convolution(directions: 3)
{
    public override string Keyword => "conv3d";

    public override TensorShape ExampleInput => TensorShape.Of(2, 5, 6, 7);

    public override string AttributeName => "Conv3d";

    public override string Doc => "Convolution over a volume: [N, C, D, H, W] to [N, out_channels, D', H', W'], where D' = floor((D + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and H' and W' likewise";
}
