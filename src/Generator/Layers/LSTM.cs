namespace ModelGen.Layers;

internal sealed class LSTM : RecurrentLayer
{
    public override string Keyword => "lstm";

    public override string AttributeName => "LSTM";

    protected override string Formula => "Long short-term memory: three gates decide at each step what a cell forgets, takes in and shows";

    protected override int Gates => 4;

    protected override string Cell(Settings settings) => "LSTMCell";

    protected override string OnnxOperator => "LSTM";

    // PyTorch has input, forget, cell, output; ONNX input, output, forget, cell.
    protected override long[] OnnxGates => [0, 3, 1, 2];
}
