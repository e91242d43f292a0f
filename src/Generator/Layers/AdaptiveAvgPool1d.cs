using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AdaptiveAvgPool1d() : AdaptivePooling(directions: 1)
{
    public override string Keyword => "adaptive_avg_pool1d";

    public override string AttributeName => "AdaptiveAvgPool1d";

    public override string Doc => "Averages over windows sized so that the output is output_size long: [N, C, L] to [N, C, output_size]";

    public override TensorShape ExampleInput => TensorShape.Of(4, 8);

    public override string Onnx(OnnxLayer layer) => OnnxAverage(layer, layer.Get(OutputSize));
}
