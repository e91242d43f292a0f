using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Conv1d() : Convolution(directions: 1)
{
    public override string Keyword => "conv1d";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);

    public override string AttributeName => "Conv1d";

    public override string Doc => "Convolution over a signal: [N, C, L] to [N, out_channels, L'], where L' = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1";
}
