using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class InstanceNorm1d() : InstanceNormalisation(directions: 1)
{
    public override string Keyword => "instance_norm1d";

    public override string AttributeName => "InstanceNorm1d";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
