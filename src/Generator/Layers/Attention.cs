using System.Collections.Generic;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>What layers with attention share: heads that divide the features, and a second sequence of as many features.</summary>
internal abstract class Attention : SequenceLayer
{
    protected Attention(string features)
    {
        NumHeads = Parameter.Integer(
            "num_heads", "The number of heads of the attention, each with its share of the features; divides them", 1, positional: true).Such(SpecValue.Of(4));
        Features = Parameter.Declared(features, "E, the input's features, to have it checked");
    }

    public override bool SeesAll => true;

    protected Parameter<long> NumHeads { get; }

    protected Parameter<long> Features { get; }

    public sealed override Inference Infer(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        var alone = Infer(settings, inputs[0]);
        return alone.Shape is null || inputs.Count == 1 ? alone : Memory(settings, inputs) ?? alone;
    }

    protected sealed override Inference Infer(Settings settings, TensorShape input, long length, long features)
    {
        if (Inference.Declared(settings, Features, features) is { } differs)
            return differs;
        var heads = settings.Get(NumHeads);
        if (features % heads == 0)
            return input;
        var fitting = CommonDivisor.Below(heads, features, features);
        return Inference.Broken(Rules.NotDivisible, NumHeads, string.Format(
            CultureInfo.InvariantCulture, "num_heads {0} does not divide the {1} features, {1} = {2} * {0} + {3}",
            heads, features, features / heads, features % heads)) with
        {
            Fixes = [Fix.Of("write num_heads " + CSharpLiteral.Of(fitting), new SetLayerSetting(NumHeads.Name, SpecValue.Of(fitting)))],
        };
    }

    /// <summary>What is wrong with settings and a second sequence; null when nothing is.</summary>
    protected virtual Inference? Memory(Settings settings, IReadOnlyList<TensorShape> inputs)
    {
        if (inputs.Count > 2)
            return Inference.Broken(Rules.ShapesDiffer, Operands, "it takes one sequence beside what flows in");
        var (input, memory) = (inputs[0], inputs[1]);
        if (memory.IsIndices)
            return Inference.Broken(Rules.WrongElements, Operands, "real numbers (float32)", "whole numbers (int64)");
        return memory.Rank == 3 && memory[1] == input[1] ? null : Inference.Broken(Rules.ShapesDiffer, Operands, string.Format(
            CultureInfo.InvariantCulture, "the sequence that it sees must be [N, M, {0}], with the same features", input[1]));
    }

    /// <summary>Trained values of one attention over E features.</summary>
    protected static long Weights(long features, bool hasBias) => checked((4 * features * features) + (hasBias ? 4 * features : 0));

    /// <summary>
    /// Multiplications of one attention: the projections of queries and output at each position, those of keys and values at each position that
    /// is seen, and the products of queries with keys and of their weights with values, which have no weights of their own but cost as much.
    /// </summary>
    protected static long Products(long length, long seen, long features) =>
        checked((2 * length * features * features) + (2 * seen * features * features) + (2 * length * seen * features));
}
