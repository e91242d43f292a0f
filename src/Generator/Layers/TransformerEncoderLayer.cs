namespace ModelGen.Layers;

internal sealed class TransformerEncoderLayer : TransformerLayer
{
    public override string Keyword => "transformer_encoder_layer";

    public override string AttributeName => "TransformerEncoderLayer";

    public override string Stem => "encoder_layer";

    public override string Doc => "Self attention, then two linear layers at each position, each with a shortcut and a layer norm: [N, L, E] to [N, L, E]. Multiply-adds count the attention's products too";

    protected override int Attentions => 1;
}
