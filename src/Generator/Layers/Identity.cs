using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Identity : ElementwiseLayer
{
    public override string Keyword => "identity";

    public override string AttributeName => "Identity";

    public override string Stem => "identity";

    public override string Doc => "What flows in, unchanged, under a name of its own: any shape to the same shape";

    public override bool TakesAny => true;

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) => Kernel.Alias;

    public override string Onnx(OnnxLayer layer) => layer.Add("Identity", layer.Input);
}
