using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>What pools share that leave one value of each channel.</summary>
internal abstract class GlobalPooling : TensorCall
{
    public override string Stem => "pool";

    public override bool SeesAll => true;

    /// <summary>The tensor's method, which takes the dimensions to reduce.</summary>
    protected abstract string Method { get; }

    /// <summary>ONNX: the operator.</summary>
    protected abstract string OnnxOperator { get; }

    /// <summary>Plain C#: the kernel.</summary>
    protected abstract string KernelName { get; }

    /// <summary>Plain C#: what the kernel's gradient reads.</summary>
    protected abstract KernelReads Reads { get; }

    public override Inference Infer(Settings settings, TensorShape input) => input.Rank >= 3
        ? TensorShape.Of(input[0])
        : Inference.WrongRank("[N, C, L], [N, C, H, W] or [N, C, D, H, W]");

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        new(
            KernelName,
            KernelForm.Plain,
            MemoryOrder.Around(inputs[0], [.. Enumerable.Range(1, inputs[0].Sizes.Count - 1)])!)
        {
            Interface = "IReduction",
            Reads = Reads,
        };

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{inputs[0]}.{Method}([{Join(Enumerable.Range(2, shapes[0].Rank - 2).Select(dim => (long)dim))}])";

    public override string Onnx(OnnxLayer layer) => layer.Reshaped(layer.Add(OnnxOperator, layer.Input), layer.Shape[0]);
}
