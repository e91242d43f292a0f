using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class LPPool1d() : LpPooling(directions: 1)
{
    public override string Keyword => "lp_pool1d";

    public override string AttributeName => "LPPool1d";

    public override string Doc => "The p-norm (sum of x^p)^(1/p) of the values under each window, with p = norm_type: [N, C, L] to [N, C, L'], where L' = floor((L - kernel_size) / stride) + 1";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
