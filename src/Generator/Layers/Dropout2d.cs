namespace ModelGen.Layers;

internal sealed class Dropout2d() : ChannelDropout(directions: 2)
{
    public override string Keyword => "dropout2d";

    public override string AttributeName => "Dropout2d";
}
