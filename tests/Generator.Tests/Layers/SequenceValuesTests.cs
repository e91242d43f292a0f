using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>PyTorch as the referee: its modules take the weights of emitted networks of one layer, and compute the same.</summary>
[Collection("Torch")]
public sealed class SequenceValuesTests
{
    /// <summary>Networks by the name that sequences.py knows them under; the layer that has weights is 'x'.</summary>
    private static readonly (string Name, string Input, string Layers)[] Cases =
    [
        ("Embedding", LayerInput.Indices(6), """{ "embedding": 7, "embedding_dim": 4, "padding_idx": 3, "name": "x" }"""),
        ("Positions", "[5, 8]", """{ "positional_embedding": {}, "name": "x" }"""),
        ("Token", "[5, 8]", """{ "class_token": {}, "name": "x" }"""),
        ("Sinusoids", "[5, 7]", "\"sinusoidal_embedding\""),
        ("Patches", "[3, 8, 6]", """{ "patch_embed": [4, 2], "embed_dim": 5, "name": "x" }"""),
        ("SelfAttention", "[5, 8]", """{ "multi_head_attention": 2, "name": "x" }"""),
        ("CausalAttention", "[5, 8]", """{ "multi_head_attention": 4, "causal": true, "bias": false, "name": "x" }"""),
        ("CrossAttention", "[5, 8]", """ "sinusoidal_embedding", { "multi_head_attention": 2, "with": "input", "name": "x" }"""),
        ("Encoder", "[5, 8]", """{ "transformer_encoder_layer": 2, "dim_feedforward": 12, "name": "x" }"""),
        ("EncoderFirst", "[5, 8]", """{ "transformer_encoder_layer": 2, "dim_feedforward": 12, "activation": "gelu", "norm_first": true, "layer_norm_eps": 0.1, "causal": true, "name": "x" }"""),
        ("Decoder", "[5, 8]", """ "sinusoidal_embedding", { "transformer_decoder_layer": 2, "with": "input", "dim_feedforward": 12, "name": "x" }"""),
        ("DecoderFirst", "[5, 8]", """ "sinusoidal_embedding", { "transformer_decoder_layer": 2, "with": "input", "dim_feedforward": 12, "activation": "gelu", "norm_first": true, "layer_norm_eps": 0.1, "causal": true, "name": "x" }"""),
        ("Lstm", "[5, 3]", """{ "lstm": 4, "num_layers": 2, "bidirectional": true, "name": "x" }"""),
        ("LstmLast", "[5, 3]", """{ "lstm": 4, "num_layers": 2, "bidirectional": true, "output": "last", "name": "x" }"""),
        ("Gru", "[5, 3]", """{ "gru": 4, "bias": false, "name": "x" }"""),
        ("GruLast", "[5, 3]", """{ "gru": 4, "num_layers": 2, "output": "last", "name": "x" }"""),
        ("Rnn", "[5, 3]", """{ "rnn": 4, "name": "x" }"""),
        ("RnnLast", "[5, 3]", """{ "rnn": 4, "nonlinearity": "relu", "bidirectional": true, "output": "last", "name": "x" }"""),
        ("Squeeze", "[6, 4, 3]", """{ "squeeze_excite": 2, "name": "x" }"""),
        ("SqueezeHard", "[6, 4, 3]", """{ "squeeze_excite": 2, "activation": "silu", "gate": "hardsigmoid", "name": "x" }"""),
    ];

    [PythonFact]
    public void PyTorch_takes_the_weights_and_computes_the_same()
    {
        using var folder = new TempFolder();
        LibTorch.EnsureLoaded();
        var assembly = Compiled.From([.. Cases.Select(one => ($"{one.Name}.model.json", $$"""{ "input": {{one.Input}}, "layers": [{{one.Layers}}] }"""))]).Load();
        var outputs = new Dictionary<string, Tensor>();
        using var scope = NewDisposeScope();
        foreach (var (name, json, _) in Cases)
        {
            LibTorch.Configure(threads: 0, seed: 7);
            var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(assembly.GetType("Demo." + name)!)!;
            Weights.Save(model, folder[name + ".initial.pth"]);
            // Biases begin as zeros and norms as ones, which would hide a wrong order.
            using (no_grad())
            {
                foreach (var parameter in model.parameters())
                    parameter.add_(randn_like(parameter) * 0.3);
            }

            model.eval();
            long[] sizes = [2, .. json[(json.IndexOf('[') + 1)..json.IndexOf(']')].Split(',').Select(size => long.Parse(size, System.Globalization.CultureInfo.InvariantCulture))];
            var input = LayerInput.IsIndices(json) ? randint(0, 7, sizes, ScalarType.Int64) : randn(sizes);
            outputs.Add(name, model.call(input));
            Weights.Save(model, folder[name + ".pth"]);
            PthFile.Write(folder[name + ".input.pth"], new StateDict([new("input", new StoredTensor(LayerInput.IsIndices(json) ? ElementType.Int64 : ElementType.Float32, input.shape, input.bytes.ToArray()))], []));
        }

        PythonTorch.Run(Path.Combine(Repository.Root, "tests/Generator.Tests/Layers/sequences.py"), folder.Path, folder["outputs.pth"]);

        var expected = PthFile.Read(folder["outputs.pth"]).Entries;
        Assert.Equal(Cases.Select(one => one.Name).Order(StringComparer.Ordinal), expected.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.All(expected, entry =>
        {
            var actual = outputs[entry.Name].contiguous().data<float>().ToArray();
            Assert.Equal(entry.Tensor.Shape, outputs[entry.Name].shape);
            Assert.All(actual.Zip(MemoryMarshal.Cast<byte, float>(entry.Tensor.Data.Span).ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        });
    }
}
