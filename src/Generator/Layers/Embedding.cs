using System.Collections.Generic;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

internal sealed class Embedding : LayerKind
{
    private static readonly Parameter<long> NumEmbeddings = Parameter.Integer(
        "num_embeddings", "The number of indices, such as the words of a vocabulary: an index is 0 to num_embeddings - 1", 1, positional: true);

    private static readonly Parameter<long> EmbeddingDim = Parameter.Integer("embedding_dim", "The features of each index", 1, positional: true);

    private static readonly Parameter<long> PaddingIdx = Parameter.Integer(
        "padding_idx", "The index whose features are zero and stay so in training; -1 is the last", int.MinValue, fallbackWords: "none");

    public override string Keyword => "embedding";

    public override string AttributeName => "Embedding";

    public override string Stem => "embedding";

    public override string Doc => "Looks up trained features for each index (int64): [N, L] to [N, L, embedding_dim]";

    public override IReadOnlyList<Parameter> Parameters { get; } = [NumEmbeddings, EmbeddingDim, PaddingIdx];

    public override TensorShape ExampleInput => TensorShape.Of(6) with { IsIndices = true };

    public override bool TakesIndices => true;

    public override Parameter<long> Width => EmbeddingDim;

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var (count, padding) = (settings.Get(NumEmbeddings), settings.Get(PaddingIdx));
        if (settings.Has(PaddingIdx) && (padding >= count || padding < -count))
        {
            return Inference.Broken(
                Rules.SettingsExclude, PaddingIdx, "padding_idx " + CSharpLiteral.Of(padding), "is none of the indices 0 to " + CSharpLiteral.Of(count - 1)) with
            {
                Fixes =
                [
                    Fix.Of("remove padding_idx", new SetLayerSetting(PaddingIdx.Name, null)),
                    Fix.Of("write padding_idx 0", new SetLayerSetting(PaddingIdx.Name, SpecValue.Of(0))),
                ],
            };
        }

        return TensorShape.Of([.. input.Sizes, settings.Get(EmbeddingDim)]);
    }

    public override long CountParameters(Settings settings, TensorShape input) => checked(settings.Get(NumEmbeddings) * settings.Get(EmbeddingDim));

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        var (count, features) = (settings.Get(NumEmbeddings), settings.Get(EmbeddingDim));
        var padding = settings.Get(PaddingIdx);
        IEnumerable<(string, object)> padded = settings.Has(PaddingIdx) ? [("PaddingIdx", padding < 0 ? padding + count : padding)] : [];
        return new Kernel("Embedding", KernelForm.Rows, [("Length", inputs[0].ElementCount), ("NumEmbeddings", count), ("EmbeddingDim", features), .. padded])
        {
            Parameters =
            [
                new(
                    "weight", [count, features],
                    settings.Has(PaddingIdx)
                        ? $"Embedding(random, {{0}}, {CSharpLiteral.Of(padding < 0 ? padding + count : padding)})"
                        : "Normal(random, {0})")
            ],
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        Argument.Of("num_embeddings", settings.Get(NumEmbeddings)),
        Argument.Of("embedding_dims", settings.Get(EmbeddingDim)),
        settings.Has(PaddingIdx) ? new Argument("padding_idx", settings.Get(PaddingIdx)) : new Argument("padding_idx", "null", IsDefault: true),
    ];

    public override string Onnx(OnnxLayer layer) => layer.Add("Gather", layer.Weight("weight"), layer.Input);
}
