namespace ModelGen.Layers;

internal sealed class Conv2d() : Convolution(directions: 2)
{
    public override string Keyword => "conv2d";

    public override string AttributeName => "Conv2d";

    public override string Doc => "Convolution over an image: [N, C, H, W] to [N, out_channels, H', W'], where H' = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and W' likewise";
}
