using System.Runtime.InteropServices;

namespace ModelGen.Formats.Onnx;

/// <summary>
/// Multiplies batch norms into the convolutions and linear layers before them: scale (x - mean) / sqrt(variance + eps) + shift of what is linear in its weights
/// is the same layer with other weights.
/// </summary>
internal static class BatchNormFolding
{
    private const double DefaultEpsilon = 1e-5;

    /// <summary>The graph without the batch norms whose layer nobody else takes; the weights of that layer are replaced in <paramref name="tensors"/>.</summary>
    public static OnnxGraph Fold(OnnxGraph graph, OrderedDictionary<string, StoredTensor> tensors)
    {
        var uses = graph.Nodes
            .SelectMany(node => node.Inputs)
            .Concat(graph.Outputs.Select(output => output.Name))
            .CountBy(name => name)
            .ToDictionary(StringComparer.Ordinal);
        var nodes = graph.Nodes.ToList();
        for (var i = 0; i < nodes.Count; i++)
        {
            var norm = nodes[i];
            if (norm.Operator != "BatchNormalization" || uses[norm.Inputs[0]] != 1)
                continue;
            var before = nodes.FindIndex(node => node.Outputs.Contains(norm.Inputs[0]));
            if (before < 0 || !IsLinear(nodes[before]) || !nodes[before].Inputs.Skip(1).All(weight => uses[weight] == 1 && tensors.ContainsKey(weight)))
                continue;
            nodes[before] = Folded(nodes[before], norm, tensors);
            nodes.RemoveAt(i--);
        }

        return graph.With(nodes);
    }

    // In both, a weight's first dimension is the output's channels.
    private static bool IsLinear(OnnxNode node) => node.Operator == "Conv" || (node.Operator == "Gemm" && node.Attributes is [{ Name: "transB", Value: 1L }]);

    private static OnnxNode Folded(OnnxNode layer, OnnxNode norm, OrderedDictionary<string, StoredTensor> tensors)
    {
        var epsilon = norm.Attributes.FirstOrDefault(attribute => attribute.Name == "epsilon")?.Value as double? ?? DefaultEpsilon;
        float[] scale = Values(1), shift = Values(2), mean = Values(3), variance = Values(4);
        var weight = tensors[layer.Inputs[1]];
        var weights = MemoryMarshal.Cast<byte, float>(weight.Data.Span).ToArray();
        var biasName = layer.Inputs.Count > 2 ? layer.Inputs[2] : layer.Name + ".bias";
        var bias = tensors.TryGetValue(biasName, out var given) ? MemoryMarshal.Cast<byte, float>(given.Data.Span).ToArray() : new float[scale.Length];
        var length = weights.Length / scale.Length;
        for (var channel = 0; channel < scale.Length; channel++)
        {
            var factor = scale[channel] / Math.Sqrt(variance[channel] + epsilon);
            for (var i = channel * length; i < (channel + 1) * length; i++)
                weights[i] = (float)(weights[i] * factor);
            bias[channel] = (float)(((bias[channel] - mean[channel]) * factor) + shift[channel]);
        }

        tensors[layer.Inputs[1]] = weight with { Data = MemoryMarshal.AsBytes<float>(weights).ToArray() };
        tensors[biasName] = new StoredTensor(ElementType.Float32, [bias.Length], MemoryMarshal.AsBytes<float>(bias).ToArray());
        return new OnnxNode(layer.Name, layer.Operator, [layer.Inputs[0], layer.Inputs[1], biasName], layer.Attributes) { Outputs = norm.Outputs };

        float[] Values(int input) => MemoryMarshal.Cast<byte, float>(tensors[norm.Inputs[input]].Data.Span).ToArray();
    }
}
