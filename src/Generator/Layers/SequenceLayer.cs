using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>A layer over sequences [N, L, E]: L positions of E features each.</summary>
internal abstract class SequenceLayer : LayerKind
{
    public override TensorShape ExampleInput => TensorShape.Of(6, 16);

    public sealed override Inference Infer(Settings settings, TensorShape input) =>
        input.Rank == 3 ? Infer(settings, input, length: input[0], features: input[1]) : Inference.WrongRank("[N, L, E]", [.. Read(input)]);

    /// <summary>An image as a sequence: of one channel row by row, and else pixel by pixel.</summary>
    private static IEnumerable<Fix> Read(TensorShape input)
    {
        if (input.Rank != 4)
            yield break;
        if (input[0] == 1)
            yield return Reshape.Before(input[1], input[2]);
        yield return Fix.Of(
            $"put flatten with start_dim 2 and then transpose of 1 and 2 before it, which give {TensorShape.Of(checked(input[1] * input[2]), input[0])}",
            new InsertLayer(default, SectionSpec.Of("flatten", new SettingSpec("start_dim", SpecValue.Of(2)))),
            new InsertLayer(
                default(LayerPlace) with { Index = 1 },
                SectionSpec.Of("transpose", new SettingSpec("dim0", SpecValue.Of(1)), new SettingSpec("dim1", SpecValue.Of(2)))));
    }

    /// <summary>The output's shape for an input of the right rank.</summary>
    protected abstract Inference Infer(Settings settings, TensorShape input, long length, long features);
}
