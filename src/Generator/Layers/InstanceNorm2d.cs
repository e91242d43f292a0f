namespace ModelGen.Layers;

internal sealed class InstanceNorm2d() : InstanceNormalisation(directions: 2)
{
    public override string Keyword => "instance_norm2d";

    public override string AttributeName => "InstanceNorm2d";
}
