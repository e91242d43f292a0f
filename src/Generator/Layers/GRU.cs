namespace ModelGen.Layers;

internal sealed class GRU : RecurrentLayer
{
    public override string Keyword => "gru";

    public override string AttributeName => "GRU";

    protected override string Formula => "Gated recurrent unit: two gates decide at each step what is forgotten and what is taken in";

    protected override int Gates => 3;

    protected override string Cell(Settings settings) => "GRUCell";

    protected override string OnnxOperator => "GRU";

    // PyTorch has reset, update, new; ONNX update, reset, new.
    protected override long[] OnnxGates => [1, 0, 2];

    // Resets what the recurrent weights gave, as PyTorch does.
    protected override (string Name, object Value)[] OnnxAttributes(OnnxLayer layer) => [("linear_before_reset", 1L)];
}
