namespace ModelGen.Layers;

internal sealed class LSTM : RecurrentLayer
{
    public override string Keyword => "lstm";

    public override string AttributeName => "LSTM";

    protected override string Formula => "Long short-term memory: three gates decide at each step what a cell forgets, takes in and shows";

    protected override int Gates => 4;

    protected override string Cell(Settings settings) => "LSTMCell";
}
