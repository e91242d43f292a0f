using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AvgPool1d() : AveragePooling(directions: 1)
{
    public override string Keyword => "avg_pool1d";

    public override string AttributeName => "AvgPool1d";

    public override string Doc => "The average under each window: [N, C, L] to [N, C, L'], where L' = floor((L + 2 padding - kernel_size) / stride) + 1";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
