using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class Add() : ElementwiseMerge("The layers whose outputs are added to what flows in")
{
    public override string Keyword => "add";

    public override string AttributeName => "Add";

    public override string Stem => "add";

    public override string Doc => "The sum of what flows in and of earlier outputs, value by value: equal shapes to the same shape; a size of 1 is repeated";

    public override bool Joins => true;

    public override bool OutputMayBeOverwritten => true;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        base.KernelFor(settings, inputs, output) is { } kernel ? kernel with { IsSum = true } : null;

    protected override string Method => "add";

    protected override string OnnxOperator => "Add";

    protected override string KernelName => "Addition";

    protected override int MostInputs => 4;

    protected override KernelReads Reads => KernelReads.Nothing;
}
