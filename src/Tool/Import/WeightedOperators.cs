using System.Globalization;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Specs;

namespace ModelGen.Tool.Import;

/// <summary>Nodes with weights.</summary>
internal static class WeightedOperators
{
    /// <summary><c>Conv</c>.</summary>
    public static ImportedLayer Convolution(OnnxImport import, OnnxNode node)
    {
        var (weight, input) = (import.Constants.Weight(node, 1), import.Value(node, 0));
        var kernel = weight.Shape.Skip(2).ToArray();
        var (strides, dilations) = (node.Sizes("strides", 1, kernel.Length), node.Sizes("dilations", 1, kernel.Length));
        var (before, behind) = Windows.Padding(node, input.Shape, kernel, strides, dilations);
        if (!before.SequenceEqual(behind))
        {
            input = import.Add("pad", input, ("padding", Windows.Sides(before, behind)));
            Array.Clear(before);
        }

        return Weighted(import, node, import.Add(
            $"conv{Windows.Directions(kernel)}d", input,
            [
                ("out_channels", SpecValue.Of(weight.Shape[0])),
                ("kernel_size", kernel.ToSpec()),
                .. NodeSettings.Unless("stride", strides, 1),
                .. NodeSettings.Unless("padding", before, 0),
                .. NodeSettings.Unless("dilation", dilations, 1),
                .. NodeSettings.Unless("groups", [node.Setting("group", 1)], 1),
                .. Bias(node)
            ]));
    }

    /// <summary><c>ConvTranspose</c>.</summary>
    public static ImportedLayer TransposedConvolution(OnnxImport import, OnnxNode node)
    {
        var (weight, input, groups) = (import.Constants.Weight(node, 1), import.Value(node, 0), node.Setting("group", 1));
        var kernel = weight.Shape.Skip(2).ToArray();
        if (node.Sizes("output_shape") is not null || node.Setting("auto_pad", "NOTSET") != "NOTSET")
            throw new NotSupportedException("its padding follows from another size, which no layer has so");
        var pads = node.Sizes("pads", 0, 2 * kernel.Length);
        if (!pads.Take(kernel.Length).SequenceEqual(pads.Skip(kernel.Length)))
            throw new NotSupportedException("its padding differs from side to side");
        return Weighted(import, node, import.Add(
            $"conv_transpose{Windows.Directions(kernel)}d", input,
            [
                ("out_channels", SpecValue.Of(weight.Shape[1] * groups)),
                ("kernel_size", kernel.ToSpec()),
                .. NodeSettings.Unless("stride", node.Sizes("strides", 1, kernel.Length), 1),
                .. NodeSettings.Unless("padding", pads[..kernel.Length], 0),
                .. NodeSettings.Unless("output_padding", node.Sizes("output_padding", 0, kernel.Length), 0),
                .. NodeSettings.Unless("dilation", node.Sizes("dilations", 1, kernel.Length), 1),
                .. NodeSettings.Unless("groups", [groups], 1),
                .. Bias(node)
            ]));
    }

    /// <summary><c>Gemm</c>: a linear layer.</summary>
    public static ImportedLayer Gemm(OnnxImport import, OnnxNode node)
    {
        node.Require("alpha", 1.0);
        node.Require("beta", 1.0);
        node.Require("transA", 0L);
        var weight = import.Constants.Weight(node, 1);
        if (node.Setting("transB", 0) == 0)
            weight = OnnxConstants.Transposed(weight, checked((int)weight.Shape[0]), checked((int)weight.Shape[1]));
        var bias = node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? import.Constants.Weight(node, 2) : null;
        if (bias is not null && bias.Data.Length != weight.Shape[0] * sizeof(float))
            throw new NotSupportedException("its bias is not one value for each output");
        return Linear(import, node, weight, bias);
    }

    /// <summary><c>MatMul</c> with a matrix: a linear layer, to which an <c>Add</c> behind it gives the bias.</summary>
    public static ImportedLayer MatMul(OnnxImport import, OnnxNode node)
    {
        var weight = import.Constants.Weight(node, 1);
        return weight.Shape is [var rows, var columns]
            ? Linear(import, node, OnnxConstants.Transposed(weight, checked((int)rows), checked((int)columns)), null)
            : throw new NotSupportedException("its second input is no matrix");
    }

    /// <summary>An <c>Add</c> of one value for each output of a layer with weights, which is its bias; null for any other.</summary>
    public static ImportedLayer? WithBias(OnnxImport import, OnnxNode node)
    {
        var side = import.HasValue(node, 0) && import.Constants.HasWeight(node, 1) ? 0 : import.HasValue(node, 1) && import.Constants.HasWeight(node, 0) ? 1 : -1;
        if (side < 0)
            return null;
        var bias = import.Constants.Weight(node, 1 - side);
        if (import.Value(node, side) is not ImportedLayer { Kind.BiasSwitch: { } flag } layer || import.Uses[node.Inputs[side]] != 1
            || layer.Settings.All(setting => setting.Name != flag.Name) || !IsForEachOutput(layer, bias))
            throw new NotSupportedException("it adds a constant, and no layer before it can have that for its bias");
        return import.Replace(layer, layer with
        {
            Settings = [.. layer.Settings.Where(setting => setting.Name != flag.Name)],
            Weights = [.. layer.Weights, ("bias", bias with { Shape = [bias.Data.Length / sizeof(float)] })],
        });
    }

    /// <summary><c>BatchNormalization</c>.</summary>
    public static ImportedLayer BatchNorm(OnnxImport import, OnnxNode node)
    {
        node.Require("training_mode", 0L);
        var input = import.Value(node, 0);
        var layer = import.Add($"batch_norm{Math.Max(1, input.Shape.Rank - 2).ToString(CultureInfo.InvariantCulture)}d", input, Eps(node, 1e-5));
        return import.Replace(layer, layer with
        {
            Hint = Hint(import, node),
            Weights =
            [
                ("weight", import.Constants.Weight(node, 1)),
                ("bias", import.Constants.Weight(node, 2)),
                ("running_mean", import.Constants.Weight(node, 3)),
                ("running_var", import.Constants.Weight(node, 4)),
                ("num_batches_tracked", new StoredTensor(ElementType.Int64, [], new byte[sizeof(long)])),
            ],
        });
    }

    /// <summary><c>InstanceNormalization</c>.</summary>
    public static ImportedLayer InstanceNorm(OnnxImport import, OnnxNode node)
    {
        var input = import.Value(node, 0);
        return Weighted(import, node, import.Add(
            $"instance_norm{(input.Shape.Rank - 2).ToString(CultureInfo.InvariantCulture)}d", input,
            Eps(node, 1e-5), ("affine", SpecValue.Of(true))));
    }

    /// <summary><c>LayerNormalization</c>.</summary>
    public static ImportedLayer LayerNorm(OnnxImport import, OnnxNode node)
    {
        var (input, axis) = (import.Value(node, 0), node.Setting("axis", -1));
        var dims = axis < 0 ? -axis : input.Shape.Rank - axis;
        return Weighted(import, node, import.Add("layer_norm", input, [("normalized_dims", SpecValue.Of(dims)), Eps(node, 1e-5), .. Bias(node)]));
    }

    /// <summary><c>PRelu</c>, of one slope or one for each channel.</summary>
    public static ImportedLayer PRelu(OnnxImport import, OnnxNode node)
    {
        var (input, slopes) = (import.Value(node, 0), import.Constants.Weight(node, 1));
        var count = slopes.Data.Length / sizeof(float);
        // Slopes stand along the last dimension, unless sizes of 1 follow them.
        if (count > 1 && input.Shape.Rank != 2 && (slopes.Shape.Count != input.Shape.Rank - 1 || slopes.Shape[0] != count))
            throw new NotSupportedException("its slopes are not one for each channel");
        var layer = import.Add("prelu", input, ("num_parameters", SpecValue.Of(count)));
        return import.Replace(layer, layer with { Hint = Hint(import, node), Weights = [("weight", slopes with { Shape = [count] })] });
    }

    /// <summary><c>Gather</c>: features of indices, or one place along a dimension.</summary>
    public static ImportedLayer Gather(OnnxImport import, OnnxNode node)
    {
        if (import.Constants.HasWeight(node, 0) && node.Setting("axis", 0) == 0)
        {
            var weight = import.Constants.Weight(node, 0);
            if (weight.Shape is not [var count, var features])
                throw new NotSupportedException("its first input is no matrix");
            var layer = import.Add("embedding", import.Value(node, 1), ("num_embeddings", SpecValue.Of(count)), ("embedding_dim", SpecValue.Of(features)));
            return import.Replace(layer, layer with { Hint = Hint(import, node, 0), Weights = [("weight", weight)] });
        }

        return import.Constants.Numbers(node, 1) is [{ } index]
            ? import.Add("select", import.Value(node, 0), ("dim", SpecValue.Of(node.Setting("axis", 0))), ("index", SpecValue.Of(index)))
            : throw new NotSupportedException("it takes several places");
    }

    private static ImportedLayer Linear(OnnxImport import, OnnxNode node, StoredTensor weight, StoredTensor? bias)
    {
        var features = SpecValue.Of(weight.Shape[0]);
        var layer = import.Add(
            "linear", import.Value(node, 0),
            [
                ("out_features", features),
                ("in_features", SpecValue.Of(weight.Shape[1])),
                .. bias is null ? [("bias", SpecValue.Of(false))] : Array.Empty<(string, SpecValue)>()
            ]);
        return import.Replace(layer, layer with
        {
            // That it fits was checked; a spec says it once.
            Settings = [.. layer.Settings.Where(setting => setting.Name != "in_features")],
            Hint = Hint(import, node),
            Weights = [("weight", weight), .. bias is null ? [] : new[] { ("bias", bias with { Shape = [weight.Shape[0]] }) }],
        });
    }

    private static ImportedLayer Weighted(OnnxImport import, OnnxNode node, ImportedLayer layer) => import.Replace(layer, layer with
    {
        Hint = Hint(import, node),
        Weights =
        [
            ("weight", import.Constants.Weight(node, 1)),
            .. node.Inputs.Count > 2 && node.Inputs[2].Length > 0
                ? [("bias", import.Constants.Weight(node, 2))]
                : Array.Empty<(string, StoredTensor)>()
        ],
    });

    // PyTorch and ModelGen call a weight by its layer's name; other programs call the node so.
    private static string? Hint(OnnxImport import, OnnxNode node, int input = 1)
    {
        var name = import.Constants.NameOf(node, input);
        if (name.EndsWith(".weight", StringComparison.Ordinal))
            return name[..^".weight".Length];
        return node.Name.StartsWith('/') ? Key(node.Name) : node.Name.Any(char.IsAsciiLetter) ? node.Name : null;
    }

    // A weight that PyTorch's exporter made of two has a number; the node then has the path of modules, /layer1/layer1.0/conv1/Conv.
    private static string? Key(string path)
    {
        var key = "";
        foreach (var part in path.Split('/')[1..^1])
            key = key.Length == 0 || part.StartsWith(key + ".", StringComparison.Ordinal) ? part : $"{key}.{part}";
        return key.Length == 0 ? null : key;
    }

    private static bool IsForEachOutput(ImportedLayer layer, StoredTensor bias)
    {
        var isLinear = layer.Kind.Keyword == "linear";
        var outputs = isLinear ? layer.Shape[layer.Shape.Rank - 2] : layer.Shape[0];
        var place = isLinear ? bias.Shape.Count - 1 : bias.Shape.Count - (layer.Shape.Rank - 1);
        return place >= 0 && bias.Data.Length == outputs * sizeof(float) && bias.Shape[place] == outputs;
    }

    private static (string, SpecValue)[] Bias(OnnxNode node) => node.Inputs.Count > 2 && node.Inputs[2].Length > 0 ? [] : [("bias", SpecValue.Of(false))];

    private static (string, SpecValue) Eps(OnnxNode node, double fallback) => ("eps", SpecValue.Of(node.Setting("epsilon", fallback)));
}
