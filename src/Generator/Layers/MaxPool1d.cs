using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class MaxPool1d() : MaxPooling(directions: 1)
{
    public override string Keyword => "max_pool1d";

    public override string AttributeName => "MaxPool1d";

    public override string Doc => "The largest value under each window: [N, C, L] to [N, C, L'], where L' = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
