using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class InstanceNorm3d() : InstanceNormalisation(directions: 3)
{
    public override string Keyword => "instance_norm3d";

    public override string AttributeName => "InstanceNorm3d";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8, 8, 8);
}
