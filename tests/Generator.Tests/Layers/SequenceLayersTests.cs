using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Layers over sequences [N, L, E], and those that make sequences: their shapes against TorchSharp's, and what they free and move.</summary>
[Collection("Torch")]
public sealed class SequenceLayersTests : ILayerFamily
{
    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            LayerInput.Indices(6),
            """Embedding(7, 4, PaddingIdx = 3), PositionalEmbedding(Name = "pos_embedding"), ClassToken(Name = "class_token"), SinusoidalEmbedding, MultiHeadAttention(2, EmbedDim = 4, Dropout = 0.1, Bias = false, Causal = true), MultiHeadAttention(2, "pos_embedding")""",
            """{ "embedding": 7, "embedding_dim": 4, "padding_idx": 3 }, { "positional_embedding": {}, "name": "pos_embedding" }, { "class_token": {}, "name": "class_token" }, "sinusoidal_embedding", { "multi_head_attention": 2, "embed_dim": 4, "dropout": 0.1, "bias": false, "causal": true }, { "multi_head_attention": 2, "with": "pos_embedding" }"""
        ),
        (
            LayerInput.Indices(6),
            """Embedding(7, 4), MultiHeadAttention(2, Mask = ["input"])""",
            """{ "embedding": 7, "embedding_dim": 4 }, { "multi_head_attention": 2, "mask": "input" }"""
        ),
        (
            "[5, 8]",
            """TransformerEncoderLayer(4, DModel = 8, DimFeedforward = 12, Dropout = 0.2, Activation = "gelu", LayerNormEps = 0.001, NormFirst = true, Causal = true), TransformerDecoderLayer(2, "input", DModel = 8, DimFeedforward = 12, Dropout = 0.2, Activation = "gelu", LayerNormEps = 0.001, NormFirst = true, Causal = true)""",
            """{ "transformer_encoder_layer": 4, "d_model": 8, "dim_feedforward": 12, "dropout": 0.2, "activation": "gelu", "layer_norm_eps": 0.001, "norm_first": true, "causal": true }, { "transformer_decoder_layer": 2, "with": "input", "d_model": 8, "dim_feedforward": 12, "dropout": 0.2, "activation": "gelu", "layer_norm_eps": 0.001, "norm_first": true, "causal": true }"""
        ),
        (
            "[5, 3]",
            """LSTM(4, InputSize = 3, NumLayers = 2, Bias = false, Dropout = 0.1, Bidirectional = true), GRU(3, InputSize = 8, NumLayers = 2, Bias = false, Dropout = 0.1, Bidirectional = true), RNN(2, InputSize = 6, NumLayers = 2, Nonlinearity = "relu", Bias = false, Dropout = 0.1, Bidirectional = true), RNN(3, Output = "last")""",
            """{ "lstm": 4, "input_size": 3, "num_layers": 2, "bias": false, "dropout": 0.1, "bidirectional": true }, { "gru": 3, "input_size": 8, "num_layers": 2, "bias": false, "dropout": 0.1, "bidirectional": true }, { "rnn": 2, "input_size": 6, "num_layers": 2, "nonlinearity": "relu", "bias": false, "dropout": 0.1, "bidirectional": true }, { "rnn": 3, "output": "last" }"""
        ),
        (
            "[5, 3]",
            """LSTM(4, NumLayers = 2, Bidirectional = true, Output = "last"), Linear(2)""",
            """{ "lstm": 4, "num_layers": 2, "bidirectional": true, "output": "last" }, { "linear": 2 }"""
        ),
        (
            "[5, 3]",
            """GRU(4, NumLayers = 2, Output = "last"), Linear(2)""",
            """{ "gru": 4, "num_layers": 2, "output": "last" }, { "linear": 2 }"""
        ),
        (
            "[4, 8, 6]",
            """SqueezeExcite(2, Activation = "silu", Gate = "hardsigmoid", Name = "se"), PatchEmbed([4, 2], 5, InChannels = 4, Name = "conv_proj")""",
            """{ "squeeze_excite": 2, "activation": "silu", "gate": "hardsigmoid", "name": "se" }, { "patch_embed": [4, 2], "embed_dim": 5, "in_channels": 4, "name": "conv_proj" }"""
        ),
    ];

    public SequenceLayersTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Attention() => Gen.Select(Gen.Long[1, 5], Gen.Long[1, 12], Gen.Long[1, 6]).Sample((length, features, heads) => ShapeRule.AssertGives(
        [length, features],
        ShapeRule.Layer("multi_head_attention", ("num_heads", SpecValue.Of(heads))),
        () => nn.MultiheadAttention(features, heads),
        (module, input) => module.call(input.transpose(0, 1), input.transpose(0, 1), input.transpose(0, 1), null, false, null).Item1.transpose(0, 1)), iter: 200);

    [Fact]
    public void Transformer_layers() => Gen.Select(Gen.Long[1, 5], Gen.Long[1, 12], Gen.Long[1, 6]).Sample((length, features, heads) => ShapeRule.AssertGives(
        [length, features],
        ShapeRule.Layer("transformer_encoder_layer", ("num_heads", SpecValue.Of(heads)), ("dim_feedforward", SpecValue.Of(7))),
        () => nn.TransformerEncoderLayer(features, heads, 7),
        (module, input) => module.call(input.transpose(0, 1), null, null).transpose(0, 1)), iter: 100);

    [Fact]
    public void Recurrent_layers() => Gen.Select(ShapeRule.Pair(1, 5), Gen.Long[1, 6], Gen.Long[1, 3], Gen.Bool, Gen.Bool).Sample((input, hidden, layers, bidirectional, last) => ShapeRule.AssertGives(
        [input.Item1, input.Item2],
        ShapeRule.Layer("gru", ("hidden_size", SpecValue.Of(hidden)), ("num_layers", SpecValue.Of(layers)), ("bidirectional", SpecValue.Of(bidirectional)), ("output", SpecValue.Of(last ? "last" : "sequence"))),
        () => nn.GRU(input.Item2, hidden, layers, batchFirst: true, bidirectional: bidirectional),
        (module, value) => last ? Recurrent.Last(module, value) : Recurrent.Sequence(module, value)), iter: 200);

    [Fact]
    public void Patches() => Gen.Select(ShapeRule.Pair(1, 9), ShapeRule.Pair(1, 4)).Sample((image, patch) => ShapeRule.AssertGives(
        [2, image.Item1, image.Item2],
        ShapeRule.Layer("patch_embed", ("patch_size", ShapeRule.Of(patch)), ("embed_dim", SpecValue.Of(3))),
        () => nn.Conv2d(2, 3, patch, patch),
        Sequences.OfPatches,
        // The convolution would leave out what no whole patch covers.
        refusedAlone: image.Item1 % patch.Item1 != 0 || image.Item2 % patch.Item2 != 0), iter: 300);

    [Theory]
    [InlineData("""{ "input": [6, 8], "layers": [{ "multi_head_attention": 3 }] }""", "MG2004", "num_heads 3 does not divide the 8 features, 8 = 2 * 3 + 2. Write num_heads 2.")]
    [InlineData("""{ "input": [6, 8], "layers": [{ "linear": 4 }, { "multi_head_attention": 2, "with": "input" }] }""", "MG2010", "the sequence that it sees must be [N, M, 4]")]
    [InlineData("""{ "input": [6, 8], "layers": ["tanh", { "multi_head_attention": 2, "with": "input", "causal": true }] }""", "MG2012", "Remove causal.")]
    [InlineData("""{ "input": [6, 8], "layers": [{ "embedding": 9, "embedding_dim": 4 }] }""", "MG2013", "takes whole numbers (int64)")]
    [InlineData("""{ "inputs": { "words": [6, 8], "mask": [5] }, "layers": [{ "multi_head_attention": 2, "mask": "mask" }] }""", "MG2010", "the mask must be one of [N, 6], a value for each position that is seen")]
    [InlineData("""{ "input": { "shape": [6], "type": "int64" }, "layers": [{ "embedding": 9, "embedding_dim": 4, "padding_idx": 9 }] }""", "MG2012", "padding_idx 9 is none of the indices 0 to 8. Remove padding_idx")]
    [InlineData("""{ "input": [3, 10, 9], "layers": [{ "patch_embed": [4, 3], "embed_dim": 4 }] }""", "MG2004", "patch_size 4 does not divide its 10 rows. Write patch_size [2, 3].")]
    [InlineData("""{ "input": [3, 10, 9], "layers": ["class_token"] }""", "MG2001", "takes [N, L, E], but receives")]
    public void What_is_wrong_is_said(string json, string id, string words)
    {
        var message = Assert.Single(Compiled.From(("Net.model.json", json)).Report());

        Assert.Contains(id, message, StringComparison.Ordinal);
        Assert.Contains(words, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_the_mask_hides_might_as_well_not_be_there(bool causal)
    {
        using var attention = new MultiHeadAttention(8, 2, causal: causal);
        using var scope = NewDisposeScope();
        attention.eval();
        var words = rand(2, 6, 8);
        var mask = tensor(new long[] { 1, 1, 1, 1, 0, 0 }).expand(2, 6);

        var masked = attention.call(words, words, mask);
        var shorter = words.narrow(1, 0, 4).contiguous();
        var expected = attention.call(shorter, shorter, null);

        Assert.True(expected.allclose(masked.narrow(1, 0, 4), 1e-5, 1e-6));
        Assert.False(expected.allclose(attention.call(words, words, null).narrow(1, 0, 4), 1e-5, 1e-6) && !causal);
    }

    [Fact]
    public void Trained_tensors_move_with_the_network()
    {
        using var model = Load("""{ "input": [4, 8], "layers": ["class_token", { "positional_embedding": {}, "name": "pos" }, "sinusoidal_embedding", { "multi_head_attention": 2 }] }""");
        using var input = rand(2, 4, 8);
        using var expected = model.call(input);
        Assert.Equal(["class_token1", "pos", "attention1.in_proj_weight", "attention1.in_proj_bias", "attention1.out_proj.weight", "attention1.out_proj.bias"], model.state_dict().Keys);

        model.to(ScalarType.Float64);
        using var wide = input.to(ScalarType.Float64);
        using var actual = model.call(wide);

        Assert.Equal(ScalarType.Float64, actual.dtype);
        Assert.Same(model.get_parameter("pos"), model.GetType().GetProperty("Pos")!.GetValue(model));
        Assert.True(expected.to(ScalarType.Float64).allclose(actual, 1e-4, 1e-5));
    }

    [Fact]
    public void Blocks_hold_each_tensor_once()
    {
        using var model = Load("""{ "input": [4, 8], "blocks": { "B": { "layers": ["class_token", { "multi_head_attention": 2 }, { "linear": 8, "bias": false }] } }, "layers": [{ "B": {} }] }""");

        Assert.Equal(
            ["b1.class_token1", "b1.attention1.in_proj_weight", "b1.attention1.in_proj_bias", "b1.attention1.out_proj.weight", "b1.attention1.out_proj.bias", "b1.fc1.weight"],
            model.state_dict().Keys);
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        foreach (var (input, _, json) in Networks)
        {
            using var model = Load($$"""{ "input": {{input}}, "layers": [{{json}}] }""");
            var sizes = ((long[])[2, .. model.GetType().GetMethod("Sizes")!.Invoke(null, null) as long[] ?? []]);
            using var value = LayerInput.IsIndices(input) ? ones(sizes, ScalarType.Int64) : rand(sizes);
            using (no_grad())
                model.call(value).Dispose(); // makes what is kept
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var before = Tensor.TotalCount;
            model.call(value).Dispose();
            Assert.True(Tensor.TotalCount <= before, $"{Tensor.TotalCount - before} tensors of {json}");
        }
    }

    /// <summary>The network, and beside it its input's sizes, which a span can't be read from by reflection.</summary>
    private static nn.Module<Tensor, Tensor> Load(string json) => (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Compiled.From(
        ("Net.model.json", json),
        ("Sizes.cs", "namespace Demo;\npublic partial class Net\n{\n    /// <summary>The input.</summary>\n    public static long[] Sizes() => InputShape.ToArray();\n}\n")).Load().GetType("Demo.Net")!)!;
}
