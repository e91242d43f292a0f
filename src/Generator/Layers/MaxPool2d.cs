namespace ModelGen.Layers;

internal sealed class MaxPool2d() : MaxPooling(directions: 2)
{
    public override string Keyword => "max_pool2d";

    public override string AttributeName => "MaxPool2d";

    public override string Doc => "The largest value under each window: [N, C, H, W] to [N, C, H', W'], where H' = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and W' likewise";
}
