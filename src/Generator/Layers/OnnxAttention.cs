using System;

namespace ModelGen.Layers;

/// <summary>What ONNX says in many nodes about sequences [N, L, E].</summary>
internal static class OnnxAttention
{
    /// <summary>A linear map of the last dimension: x W^T + b.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="value">[N, L, E].</param>
    /// <param name="weight">[F, E].</param>
    /// <param name="bias">[F]; empty for none.</param>
    public static string Mapped(this OnnxLayer layer, string value, string weight, string bias)
    {
        var product = layer.Add("MatMul", value, layer.Add("Transpose", [weight], ("perm", new long[] { 1, 0 })));
        return bias.Length == 0 ? product : layer.Add("Add", product, bias);
    }

    /// <summary>Layer normalisation over the last dimensions.</summary>
    public static string LayerNormalised(this OnnxLayer layer, string value, string weight, string bias, double eps, long dims = 1) =>
        layer.Add("LayerNormalization", [value, weight, bias], ("axis", -dims), ("epsilon", eps));

    /// <summary>Multi-head attention with PyTorch's weights below a name, softmax(Q K^T / sqrt(E / heads)) V.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="prefix">What stands before the weights' names: <c>self_attn.</c>.</param>
    /// <param name="asked">[N, L, E], the queries.</param>
    /// <param name="seen">[N, M, E], what they see.</param>
    /// <param name="lengths">L and M.</param>
    /// <param name="features">E.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="hasBias">Whether the maps have biases.</param>
    /// <param name="isCausal">Whether nobody sees what stands behind.</param>
    /// <param name="mask">[N, 1, 1, M], added to what the softmax takes; null for nothing.</param>
    public static string Attended(
        this OnnxLayer layer, string prefix, string asked, string seen, (long Asked, long Seen) lengths,
        long features, long heads, bool hasBias, bool isCausal, string? mask = null)
    {
        var size = features / heads;
        var query = layer.Add("Transpose", [Heads(asked, 0, lengths.Asked)], ("perm", new long[] { 0, 2, 1, 3 }));
        var key = layer.Add("Transpose", [Heads(seen, 1, lengths.Seen)], ("perm", new long[] { 0, 2, 3, 1 }));
        var value = layer.Add("Transpose", [Heads(seen, 2, lengths.Seen)], ("perm", new long[] { 0, 2, 1, 3 }));
        var scores = layer.Add("MatMul", layer.Add("Mul", query, layer.Number(1 / Math.Sqrt(size))), key);
        if (isCausal)
            scores = layer.Add("Add", scores, layer.Constant("Causal", lengths.Asked, lengths.Seen));
        if (mask is not null)
            scores = layer.Add("Add", scores, mask);
        var joined = layer.Add("MatMul", layer.Add("Softmax", [scores], ("axis", -1L)), value);
        var positions = layer.Reshaped(layer.Add("Transpose", [joined], ("perm", new long[] { 0, 2, 1, 3 })), lengths.Asked, features);
        return layer.Mapped(positions, layer.Weight(prefix + "out_proj.weight"), layer.Weight(prefix + "out_proj.bias", hasBias));

        // The maps of queries, keys and values are one tensor each of weights and biases.
        string Heads(string of, long part, long length)
        {
            var weight = layer.Sliced(layer.Weight(prefix + "in_proj_weight"), 0, part * features, (part + 1) * features);
            var bias = hasBias ? layer.Sliced(layer.Weight(prefix + "in_proj_bias"), 0, part * features, (part + 1) * features) : "";
            return layer.Reshaped(layer.Mapped(of, weight, bias), length, heads, size);
        }
    }
}
