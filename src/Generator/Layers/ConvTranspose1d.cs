using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class ConvTranspose1d() : TransposedConvolution(directions: 1)
{
    public override string Keyword => "conv_transpose1d";

    public override string AttributeName => "ConvTranspose1d";

    public override string Doc => "Transposed convolution over a signal, which enlarges it: [N, C, L] to [N, out_channels, L'], where L' = (L - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
