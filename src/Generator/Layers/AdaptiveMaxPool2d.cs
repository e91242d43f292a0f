using System.Collections.Generic;
using ModelGen.Emit;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class AdaptiveMaxPool2d() : AdaptivePooling(directions: 2)
{
    public override string Keyword => "adaptive_max_pool2d";

    public override string AttributeName => "AdaptiveMaxPool2d";

    public override string Doc => "The largest values of windows sized so that the output is output_size: [N, C, H, W] to [N, C, H', W']";

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Kernel.OfImage("AdaptiveMaxPool2d", KernelForm.Plain, inputs[0], ("OutHeight", output[1]), ("OutWidth", output[2])) with { Interface = "IAdaptivePool2d" };

    // TorchSharp takes an array here, and nothing else.
    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var size = settings.Get(OutputSize);
        return [new Argument("output_size", $"[{CSharpLiteral.Of(size[0])}, {CSharpLiteral.Of(size[1])}]", IsPositional: true)];
    }
}
