using System.Collections.Generic;

namespace ModelGen.Layers;

internal sealed class TransformerDecoderLayer() : TransformerLayer(With)
{
    private static readonly Parameter<IReadOnlyList<string>> With = Parameter.Outputs("with", "The layer whose output is the encoder's, [N, M, E]");

    public override string Keyword => "transformer_decoder_layer";

    public override string AttributeName => "TransformerDecoderLayer";

    public override string Stem => "decoder_layer";

    public override string Doc => "Self attention, attention to the encoder's output, then two linear layers at each position, each with a shortcut and a layer norm: [N, L, E] and [N, M, E] to [N, L, E]. Multiply-adds count the attentions' products too";

    public override Parameter<IReadOnlyList<string>> Operands => With;

    protected override int Attentions => 2;
}
