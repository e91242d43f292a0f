using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Dropout1d() : ChannelDropout(directions: 1)
{
    public override string Keyword => "dropout1d";

    public override string AttributeName => "Dropout1d";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);
}
