namespace ModelGen.Layers;

internal sealed class GRU : RecurrentLayer
{
    public override string Keyword => "gru";

    public override string AttributeName => "GRU";

    protected override string Formula => "Gated recurrent unit: two gates decide at each step what is forgotten and what is taken in";

    protected override int Gates => 3;

    protected override string Cell(Settings settings) => "GRUCell";
}
