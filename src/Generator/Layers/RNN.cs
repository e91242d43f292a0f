using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class RNN() : RecurrentLayer(Nonlinearity)
{
    private static readonly Parameter<string> Nonlinearity = Parameter.Choice("nonlinearity", "What each step applies to its sum", ["tanh", "relu"], "tanh");

    public override string Keyword => "rnn";

    public override string AttributeName => "RNN";

    protected override string Formula => "Elman network, h = tanh(W x + b + W' h' + b') at each step, where h' is the one before";

    protected override int Gates => 1;

    protected override string Cell(Settings settings) => settings.Get(Nonlinearity) == "relu" ? "RNNCell<Kernels::ReLU>" : "RNNCell<Kernels::Tanh>";

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        .. base.TorchArguments(settings, input),
        settings.Get(Nonlinearity) == "relu"
            ? new Argument("nonLinearity", "global::TorchSharp.torch.nn.NonLinearities.ReLU")
            : new Argument("nonLinearity", "global::TorchSharp.torch.nn.NonLinearities.Tanh", IsDefault: true),
    ];

    protected override string OnnxOperator => "RNN";

    protected override long[] OnnxGates => [0];

    protected override (string Name, object Value)[] OnnxAttributes(OnnxLayer layer) =>
        layer.Get(Nonlinearity) == "relu" ? [("activations", (string[])["Relu", "Relu"])] : [];
}
