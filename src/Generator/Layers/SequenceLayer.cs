using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>A layer over sequences [N, L, E]: L positions of E features each.</summary>
internal abstract class SequenceLayer : LayerKind
{
    public override TensorShape ExampleInput => TensorShape.Of(6, 16);

    public sealed override Inference Infer(Settings settings, TensorShape input) =>
        input.Rank == 3 ? Infer(settings, input, length: input[0], features: input[1]) : Inference.WrongRank("[N, L, E]");

    /// <summary>The output's shape for an input of the right rank.</summary>
    protected abstract Inference Infer(Settings settings, TensorShape input, long length, long features);
}
