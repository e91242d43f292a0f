using ModelGen.Formats;
using ModelGen.Graph;
using ModelGen.Specs;
using OnnxConstant = ModelGen.Layers.OnnxConstant;
using OnnxNode = ModelGen.Formats.Onnx.OnnxNode;
using Written = ModelGen.Layers.OnnxNode;

namespace ModelGen.Tool.Import;

/// <summary>
/// Layers that ModelGen's own exporter writes as several nodes with the layer's name before theirs: attention, recurrent layers, norms, what is nothing but one
/// tensor. Weights and sizes suggest the layer, and it is taken if the exporter writes just these nodes for it.
/// </summary>
internal static class ExportedLayers
{
    /// <summary>Nodes behind each other that have the same name up to a slash, or none.</summary>
    public static IEnumerable<IReadOnlyList<(OnnxNode Node, int Index)>> Runs(IReadOnlyList<(OnnxNode Node, int Index)> nodes)
    {
        for (var start = 0; start < nodes.Count;)
        {
            var (key, end) = (KeyOf(nodes[start].Node), start + 1);
            while (key.Length > 0 && end < nodes.Count && KeyOf(nodes[end].Node) == key)
                end++;
            yield return [.. nodes.Take(start..end)];
            start = end;
        }
    }

    /// <summary>Takes a run of nodes as one layer; false for one whose nodes are to be read one by one.</summary>
    public static bool TryAdd(OnnxImport import, IReadOnlyList<OnnxNode> run)
    {
        var key = KeyOf(run[0]);
        if (key.Length == 0)
            return false;
        var made = run.SelectMany(node => node.Outputs).ToHashSet(StringComparer.Ordinal);
        var taken = run.SelectMany(node => node.Inputs).Where(name => name.Length > 0 && !made.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
        var names = taken.Where(name => !import.Constants.IsKnown(name)).ToList();
        if (names.Count is not (1 or 2) || names.Any(name => import.Find(name) is null))
            return false;
        ImportedValue[] inputs = [.. names.Select(name => import.Find(name)!)];
        foreach (var (keyword, settings) in Suggestions(import.Constants, key, run))
        {
            if (OnnxImport.TryBind(keyword, inputs, settings) is not { } bound)
                continue;
            var node = new LayerNode(LayerName.Of(key), default!, [], bound.Shape, bound.Kind, bound.Settings, [.. inputs.Select(input => input.Shape)], 0, 0);
            if (OnnxPlan.Write(new FlatLayer(node, key, []), names) is not { } form
                || !IsSame(form.Nodes, run)
                || !form.Constants.All(constant => IsSame(constant, import.Constants)))
                continue;
            var layer = import.Add(keyword, inputs, settings);
            import.Set(form.Value, import.Replace(layer, layer with
            {
                Hint = key,
                Weights =
                [
                    .. taken
                        .Where(name => name == key || name.StartsWith(key + ".", StringComparison.Ordinal))
                        .Select(name => (name == key ? "" : name[(key.Length + 1)..], import.Constants.Tensor(name)!))
                ],
            }));
            return true;
        }

        return false;
    }

    private static string KeyOf(OnnxNode node) => node.Name.Split('/')[0];

    private static IEnumerable<(string Keyword, (string, SpecValue)[] Settings)> Suggestions(OnnxConstants constants, string key, IReadOnlyList<OnnxNode> run)
    {
        if (constants.Tensor(key) is not null)
            return [("class_token", []), ("positional_embedding", [])];
        if (run.FirstOrDefault(node => node.Operator is "LSTM" or "GRU" or "RNN") is { } recurrent)
            return Recurrent(constants, key, recurrent.Operator.ToLowerInvariant());
        if (run.Select(node => node.Operator == "Reshape" ? constants.Find(node, 1) : null).FirstOrDefault(sizes => sizes?.Length == 4) is [_, _, { } heads, _])
        {
            if (constants.Tensor(key + ".in_proj_weight") is null)
                return Transformers(constants, key, heads, run);
            (string, SpecValue)[] usual = [("num_heads", SpecValue.Of(heads)), .. Unless("bias", constants.Tensor(key + ".in_proj_bias") is not null)];
            return [("multi_head_attention", usual), ("multi_head_attention", [.. usual, ("causal", SpecValue.Of(true))])];
        }

        if (run.FirstOrDefault(node => node.Operator == "InstanceNormalization") is { } norm
            && run[0].Operator == "Reshape" && constants.Find(run[0], 1) is [_, { } groups, _])
            return
            [
                ("group_norm",
                [
                    ("num_groups", SpecValue.Of(groups)),
                    ("eps", SpecValue.Of(norm.Setting("epsilon", 1e-5))),
                    .. Unless("affine", constants.Tensor(key + ".weight") is not null)
                ])
            ];
        if (run.Count == 1 && run[0].Operator == "Slice"
            && constants.Find(run[0], 1) is [{ } top, { } left] && constants.Find(run[0], 2) is [{ } bottom, { } right])
            return [("crop", [("size", new[] { bottom - top, right - left }.ToSpec())])];
        return run is [{ Operator: "Add" }] ? [("sinusoidal_embedding", [])] : [];
    }

    // Dropout is not in the file.
    private static IEnumerable<(string, (string, SpecValue)[])> Transformers(OnnxConstants constants, string key, long heads, IReadOnlyList<OnnxNode> run)
    {
        if (constants.Tensor(key + ".linear1.weight") is not { Shape: [var width, _] }
            || run.FirstOrDefault(node => node.Operator == "LayerNormalization") is not { } norm)
            return [];
        var keyword = constants.Tensor(key + ".multihead_attn.in_proj_weight") is null ? "transformer_encoder_layer" : "transformer_decoder_layer";
        (string, SpecValue)[] usual =
        [
            ("num_heads", SpecValue.Of(heads)),
            ("dim_feedforward", SpecValue.Of(width)),
            ("dropout", SpecValue.Of(0L)),
            ("layer_norm_eps", SpecValue.Of(norm.Setting("epsilon", 1e-5)))
        ];
        (string, SpecValue)[][] activations = [[], [("activation", SpecValue.Of("gelu"))]];
        (string, SpecValue)[][] orders = [[], [("norm_first", SpecValue.Of(true))]];
        (string, SpecValue)[][] sights = [[], [("causal", SpecValue.Of(true))]];
        return from activation in activations
               from order in orders
               from sight in sights
               select (keyword, ((string, SpecValue)[])[.. usual, .. activation, .. order, .. sight]);
    }

    private static IEnumerable<(string, (string, SpecValue)[])> Recurrent(OnnxConstants constants, string key, string keyword)
    {
        if (constants.Tensor(key + ".weight_hh_l0") is not { Shape: [_, var hidden] })
            return [];
        var layers = Enumerable.Range(0, int.MaxValue).First(layer => constants.Tensor(FormattableString.Invariant($"{key}.weight_hh_l{layer}")) is null);
        (string, SpecValue)[] usual =
        [
            ("hidden_size", SpecValue.Of(hidden)),
            .. layers == 1 ? Array.Empty<(string, SpecValue)>() : [("num_layers", SpecValue.Of((long)layers))],
            .. constants.Tensor(key + ".weight_hh_l0_reverse") is null ? Array.Empty<(string, SpecValue)>() : [("bidirectional", SpecValue.Of(true))],
            .. Unless("bias", constants.Tensor(key + ".bias_hh_l0") is not null),
        ];
        (string, SpecValue)[][] cells = keyword == "rnn" ? [[], [("nonlinearity", SpecValue.Of("relu"))]] : [[]];
        (string, SpecValue)[][] outputs = [[], [("output", SpecValue.Of("last"))]];
        return cells.SelectMany(cell => outputs.Select(output => (keyword, ((string, SpecValue)[])[.. usual, .. cell, .. output])));
    }

    private static (string, SpecValue)[] Unless(string flag, bool isSet) => isSet ? [] : [(flag, SpecValue.Of(false))];

    private static bool IsSame(IReadOnlyList<Written> written, IReadOnlyList<OnnxNode> run) => written.Count == run.Count && written.Zip(run).All(pair =>
        pair.First.Name == pair.Second.Name
        && pair.First.Operator == pair.Second.Operator
        && pair.First.Inputs.SequenceEqual(pair.Second.Inputs)
        && pair.First.Outputs.SequenceEqual(pair.Second.Outputs)
        && pair.First.Attributes.Count == pair.Second.Attributes.Count
        && pair.First.Attributes.Zip(pair.Second.Attributes).All(setting =>
            setting.First.Name == setting.Second.Name && IsSame(setting.First.Value, setting.Second.Value)));

    private static bool IsSame(object written, object read) => (written, read) switch
    {
        (double one, double other) => (float)one == (float)other,
        (long[] one, long[] other) => one.AsSpan().SequenceEqual(other),
        (string[] one, string[] other) => one.AsSpan().SequenceEqual(other),
        _ => written.Equals(read),
    };

    private static bool IsSame(OnnxConstant constant, OnnxConstants constants) => TensorOf(constant) is { } expected && constants.Tensor(constant.Name) is { } tensor
        && tensor.Type == expected.Type && tensor.Shape.SequenceEqual(expected.Shape) && tensor.Data.Span.SequenceEqual(expected.Data.Span);

    // As the generated code makes them; what is not here, no layer above has.
    private static StoredTensor? TensorOf(OnnxConstant constant) => (constant.Factory, constant.Arguments) switch
    {
        (nameof(Formats.Onnx.OnnxConstant.Integers), [long[] values]) => Formats.Onnx.OnnxConstant.Integers("", values).Tensor,
        (nameof(Formats.Onnx.OnnxConstant.Integers), [long[] values, long[] shape]) => Formats.Onnx.OnnxConstant.Integers("", values, shape).Tensor,
        (nameof(Formats.Onnx.OnnxConstant.Integer), [long value]) => Formats.Onnx.OnnxConstant.Integer("", value).Tensor,
        (nameof(Formats.Onnx.OnnxConstant.Number), [double value]) => Formats.Onnx.OnnxConstant.Number("", value).Tensor,
        (nameof(Formats.Onnx.OnnxConstant.Filled), [double value, long size]) => Formats.Onnx.OnnxConstant.Filled("", value, size).Tensor,
        (nameof(Formats.Onnx.OnnxConstant.Causal), [long length, long seen]) => Formats.Onnx.OnnxConstant.Causal("", length, seen).Tensor,
        (nameof(Formats.Onnx.OnnxConstant.Sinusoids), [long length, long features]) => Formats.Onnx.OnnxConstant.Sinusoids("", length, features).Tensor,
        _ => null,
    };
}
