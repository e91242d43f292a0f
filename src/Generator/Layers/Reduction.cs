using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What layers share that make one value of all values along some dimensions.</summary>
internal abstract class Reduction : TensorCall
{
    private readonly Parameter<IReadOnlyList<long>> _dim =
        Parameter.Integers("dim", "The dimensions to reduce, where 1 holds the channels and -1 is the last", int.MinValue, positional: true).Such(SpecValue.Of(-1));

    private readonly Parameter<bool> _keepdim = Parameter.Flag("keepdim", "Keeps the reduced dimensions, with size 1", false);

    protected Reduction() => Parameters = [_dim, _keepdim];

    public override string Stem => Keyword;

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Inference Infer(Settings settings, TensorShape input)
    {
        if (Dimensions.Read(settings, _dim, input, out var reduced) is { } broken)
            return broken;
        if (settings.Get(_keepdim))
            return input with { Sizes = EquatableArray<long>.Of(input.Sizes.Select((size, i) => reduced.Contains(i) ? 1 : size)) };
        if (reduced.Length < input.Sizes.Count)
            return input with { Sizes = EquatableArray<long>.Of(input.Sizes.Where((_, i) => !reduced.Contains(i))) };
        return Inference.Broken(Rules.SizeBelowOne, _dim, "dimension behind the batch", "dim names all that there are") with
        {
            Fixes = [Fix.Of($"set {_keepdim.Name}", new SetLayerSetting(_keepdim.Name, SpecValue.Of(true)))],
        };
    }

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var reduced = Dimensions.Of(settings, _dim, inputs[0]);
        return MemoryOrder.Around(inputs[0], reduced) is { } constants && MemoryOrder.Keeps(inputs[0], reduced, output)
            ? new Kernel(AttributeName, KernelForm.Plain, constants) { Interface = "IReduction", Reads = Reads }
            : null;
    }

    // The method's name is the keyword, as in PyTorch.
    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        $"{inputs[0]}.{Keyword}([{Join(settings.Get(_dim))}]{(settings.Get(_keepdim) ? ", keepdim: true" : "")})";

    public override string Onnx(OnnxLayer layer) => layer.Add(
        OnnxOperator, [layer.Input, layer.Integers([.. layer.Get(_dim)])], ("keepdims", layer.Get(_keepdim) ? 1L : 0L));

    /// <summary>ONNX: the operator.</summary>
    protected abstract string OnnxOperator { get; }

    /// <summary>Plain C#: what the kernel's gradient reads.</summary>
    protected abstract KernelReads Reads { get; }
}
