using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A layer that makes one tensor of several: of what flows in, and of the outputs that it names.</summary>
internal abstract class Merge : TensorCall
{
    public override Inference Infer(Settings settings, TensorShape input) => input;

    public sealed override Inference Infer(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        foreach (var other in inputs)
        {
            if (other.IsIndices != inputs[0].IsIndices)
                return Inference.Broken(Rules.WrongElements, null, "numbers of one kind", "whole ones (int64) and real ones (float32)");
        }

        return Join(settings, inputs);
    }

    /// <summary>The output's shape for inputs of one kind of numbers.</summary>
    protected abstract Inference Join(Settings settings, IReadOnlyList<TensorShape> inputs);

    /// <summary>The rule that inputs don't go together.</summary>
    protected static Inference Differ(string format, params object[] values) =>
        Inference.Broken(Rules.ShapesDiffer, null, string.Format(CultureInfo.InvariantCulture, format, values));
}

/// <summary>A layer that computes value by value from several tensors; a size of 1 is repeated, as PyTorch broadcasts it.</summary>
internal abstract class ElementwiseMerge : Merge
{
    private readonly Parameter<IReadOnlyList<string>> _with;

    protected ElementwiseMerge(string doc)
    {
        _with = Parameter.Outputs("with", doc);
        Parameters = [_with];
    }

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Parameter<IReadOnlyList<string>> Operands => _with;

    /// <summary>The tensor's method: <c>add</c>.</summary>
    protected abstract string Method { get; }

    /// <summary>Plain C#: the kernel.</summary>
    protected abstract string KernelName { get; }

    /// <summary>Plain C#: how many inputs it takes at once.</summary>
    protected abstract int MostInputs { get; }

    /// <summary>Plain C#: what its gradient reads.</summary>
    protected abstract KernelReads Reads { get; }

    protected override Inference Join(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        var output = inputs[0].Sizes.ToArray();
        foreach (var other in inputs.Skip(1))
        {
            if (other.Rank != inputs[0].Rank)
            {
                var differ = Differ("shapes of {0} and {1} dimensions can't be matched: each size must be equal, or 1", inputs[0].Rank, other.Rank);
                return ForEachChannel(inputs[0], other) is { } fix ? differ with { Fixes = [fix] } : differ;
            }

            for (var i = 0; i < output.Length; i++)
            {
                if (output[i] != other[i] && output[i] != 1 && other[i] != 1)
                    return Differ("dimension {0} is {1} in one and {2} in the other: each size must be equal, or 1", i + 1, output[i], other[i]);
                output[i] = Math.Max(output[i], other[i]);
            }
        }

        var shape = TensorShape.Of(output);
        return inputs.Count == 2 || inputs.Contains(shape)
            ? shape
            : Differ("of more than two tensors one must have the shape of the result, {0}: join them in two steps", shape);
    }

    /// <summary>One value for each channel of an image, as a gate has it, is spread over the image where it has sizes of 1.</summary>
    private static Fix? ForEachChannel(TensorShape input, TensorShape other) =>
        input.Rank == 2 && other.Rank >= 3 ? Reshape.Before([input[0], .. Enumerable.Repeat(1L, other.Rank - 2)]) : null;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        // An input is repeated as a whole: its sizes of 1 must lie before all others.
        var sizes = MemoryOrder.Sizes(output);
        foreach (var input in inputs)
        {
            if (!MemoryOrder.Sizes(input).Zip(sizes, (own, all) => (own, all)).SkipWhile(pair => pair.own == 1).All(pair => pair.own == pair.all))
                return null;
        }

        // The first two are joined first, and must have room for the result.
        var hasRoom = inputs.Take(2).Any(input => input.ElementCount == output.ElementCount);
        return inputs.Count <= MostInputs && hasRoom
            ? new Kernel(KernelName, KernelForm.Plain, ("Length", output.ElementCount)) { Interface = "IMerge", Reads = Reads }
            : null;
    }

    protected override string Call(Settings settings, IReadOnlyList<string> inputs, IReadOnlyList<TensorShape> shapes) =>
        Joined([.. inputs.Zip(shapes, (input, shape) => (Input: input, shape.ElementCount)).OrderByDescending(one => one.ElementCount).Select(one => one.Input)], inputs);

    // The first result is joined with the others in place, and must have room for what is repeated: the largest comes first, unless all are equal.
    private string Joined(IReadOnlyList<string> largestFirst, IReadOnlyList<string> inputs) => inputs.Count == 2
        ? $"{inputs[0]}.{Method}({inputs[1]})"
        : largestFirst.Skip(2).Aggregate($"{largestFirst[0]}.{Method}({largestFirst[1]})", (sum, input) => $"{sum}.{Method}_({input})");

    public override string Onnx(OnnxLayer layer) =>
        layer.Inputs.Skip(1).Aggregate(layer.Input, (joined, other) => layer.Add(OnnxOperator, joined, other));

    /// <summary>ONNX: the operator.</summary>
    protected abstract string OnnxOperator { get; }
}
