namespace ModelGen.Layers;

internal sealed class LPPool2d() : LpPooling(directions: 2)
{
    public override string Keyword => "lp_pool2d";

    public override string AttributeName => "LPPool2d";

    public override string Doc => "The p-norm (sum of x^p)^(1/p) of the values under each window, with p = norm_type: [N, C, H, W] to [N, C, H', W'], where H' = floor((H - kernel_size) / stride) + 1, and W' likewise";
}
