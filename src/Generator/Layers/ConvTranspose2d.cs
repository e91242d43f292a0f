namespace ModelGen.Layers;

internal sealed class ConvTranspose2d() : TransposedConvolution(directions: 2)
{
    public override string Keyword => "conv_transpose2d";

    public override string AttributeName => "ConvTranspose2d";

    public override string Doc => "Transposed convolution over an image, which enlarges it: [N, C, H, W] to [N, out_channels, H', W'], where H' = (H - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1, and W' likewise";
}
