namespace ModelGen.Layers;

internal sealed class AvgPool2d() : AveragePooling(directions: 2)
{
    public override string Keyword => "avg_pool2d";

    public override string AttributeName => "AvgPool2d";

    public override string Doc => "The average under each window: [N, C, H, W] to [N, C, H', W'], where H' = floor((H + 2 padding - kernel_size) / stride) + 1, and W' likewise";
}
