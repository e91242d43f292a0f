using static TorchSharp.torch;

namespace ModelGen.Tests.CSharp;

/// <summary>A network with a recipe, and the loss written by hand.</summary>
/// <param name="Spec">The network.</param>
/// <param name="Loss">The mean loss of an output and what is right.</param>
/// <param name="Batches">Batches that make one step.</param>
internal sealed record GradientNetwork(TwinSpec Spec, Func<Tensor, Tensor, Tensor> Loss, int Batches = 1);

/// <summary>Networks whose gradients are compared: the kinds that people train, each loss, and what is special in how gradients are written.</summary>
internal static class GradientNetworks
{
    private static readonly Func<Tensor, Tensor, Tensor> CrossEntropy = (output, right) => nn.functional.cross_entropy(output, right);
    private static readonly Func<Tensor, Tensor, Tensor> Nll = (output, right) => nn.functional.nll_loss(output, right);

    public static IReadOnlyList<GradientNetwork> All { get; } =
    [
        Images("Seed", "[3, 12, 12]", $$"""{{Conv(16, 5)}}, "batch_norm2d", "relu", { "max_pool2d": 2 }, {{Conv(32, 5)}}, "batch_norm2d", "relu", { "max_pool2d": 2 }, "flatten", { "linear": 10 }, "log_softmax" """, "\"nll\"", Nll),
        Images("LeNet", "[1, 20, 20]", """{ "conv2d": 6, "kernel_size": 5 }, "relu", { "max_pool2d": 2 }, { "conv2d": 16, "kernel_size": 5 }, "relu", { "max_pool2d": 2 }, "flatten", { "linear": 20 }, "relu", { "linear": 10 }"""),
        Images("LeNetWithTanh", "[1, 20, 20]", """{ "conv2d": 6, "kernel_size": 5 }, "tanh", { "avg_pool2d": 2 }, { "conv2d": 16, "kernel_size": 5 }, "tanh", { "avg_pool2d": 2 }, "flatten", { "linear": 20 }, "tanh", { "linear": 10 }"""),
        Images("Vgg", "[3, 9, 9]", $$"""{{Conv(8, 3)}}, "relu", {{Conv(8, 3)}}, "relu", { "max_pool2d": 3, "stride": 2, "padding": 1 }, {{Conv(12, 3)}}, "batch_norm2d", "relu", { "max_pool2d": 2, "ceil_mode": true }, "flatten", { "linear": 4 }"""),
        Images("Strided", "[3, 11, 9]", """{ "conv2d": 8, "kernel_size": [3, 5], "stride": [2, 1], "padding": [1, 2], "bias": false }, "batch_norm2d", { "conv2d": 6, "kernel_size": 3, "dilation": 2, "groups": 2 }, "relu", { "conv2d": 5, "kernel_size": 1 }, "flatten", { "linear": 3 }"""),
        Images("Norms", "[3, 8, 8]", $$"""{ "batch_norm2d": {}, "affine": false, "eps": 0.01 }, {{Conv(6, 3)}}, { "batch_norm2d": {}, "momentum": 0.3 }, { "max_pool2d": 2 }, {{Conv(4, 3)}}, "batch_norm2d", "flatten", { "linear": 7 }, "batch_norm1d", "relu", { "linear": 3 }"""),
        Images("Residuals", "[3, 8, 8]", $$"""{{Conv(8, 3)}}, "batch_norm2d", "relu", { "residual": [{{Conv(8, 3)}}, "batch_norm2d", "relu", {{Conv(8, 3)}}, "batch_norm2d"] }, "relu", { "residual": [{ "conv2d": 12, "kernel_size": 3, "padding": 1, "stride": 2 }, "batch_norm2d"], "shortcut": "projection" }, "relu", "flatten", { "linear": 5 }"""),
        Images("ResidualsOfNorms", "[3, 8, 8]", $$"""{{Conv(6, 3)}}, { "residual": ["batch_norm2d"] }, "relu", { "max_pool2d": 2 }, { "residual": ["batch_norm2d", "relu", {{Conv(6, 3)}}] }, "batch_norm2d", "relu", { "residual": [{{Conv(6, 3)}}] }, "relu6", "flatten", { "linear": 4 }"""),
        Images("ResidualsWithOtherEnds", "[3, 8, 8]", $$"""{{Conv(6, 3)}}, { "residual": [{{Conv(6, 3)}}, "batch_norm2d"] }, "relu6", { "residual": [{{Conv(6, 3)}}, "batch_norm2d"] }, "silu", { "residual": [{{Conv(6, 3)}}, "batch_norm2d"] }, { "max_pool2d": 2 }, "flatten", { "linear": 4 }"""),
        Images("ResidualsFromOnePlace", "[3, 8, 8]", $$"""{ "conv2d": 6, "kernel_size": 3, "padding": 1, "name": "stem" }, {{Conv(6, 3)}}, "batch_norm2d", { "add": "stem" }, "relu", {{Conv(6, 3)}}, "batch_norm2d", { "add": "stem" }, "relu", {{Conv(6, 3)}}, { "add": "stem" }, "flatten", { "linear": 4 }"""),
        Images("InvertedResiduals", "[3, 8, 8]", """{ "residual": [{ "conv2d": 12, "kernel_size": 1, "bias": false }, "batch_norm2d", "relu6", { "depthwise_conv2d": 3, "padding": 1, "bias": false }, "batch_norm2d", "relu6", { "conv2d": 3, "kernel_size": 1, "bias": false }, "batch_norm2d"] }, { "depthwise_conv2d": 3, "padding": 1, "stride": 2, "multiplier": 2 }, "batch_norm2d", "relu", "flatten", { "linear": 4 }"""),
        Images("Depthwise", "[3, 8, 8]", """{ "depthwise_conv2d": 3, "padding": 1, "bias": false }, "batch_norm2d", "relu", { "conv2d": 9, "kernel_size": 1 }, { "depthwise_conv2d": 5, "padding": 2, "stride": 2 }, "flatten", { "linear": 4 }"""),
        Images("BranchesConcatenated", "[3, 8, 8]", $$"""{ "branches": [[{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d", "relu"], [{{Conv(5, 3)}}, "relu"], [{ "max_pool2d": 3, "stride": 1, "padding": 1 }], []] }, {{Conv(6, 3)}}, "relu", "flatten", { "linear": 4 }"""),
        Images("BranchesMultiplied", "[3, 8, 8]", $$"""{ "branches": [[{{Conv(4, 3)}}, "sigmoid"], [{{Conv(4, 3)}}, "tanh"]], "merge": "mul" }, "flatten", { "linear": 4 }"""),
        Images("TakenThrice", "[3, 6, 6]", $$"""{ "conv2d": 4, "kernel_size": 3, "padding": 1, "name": "stem" }, "relu", { "tanh": {}, "from": "stem" }, { "add": ["relu1", "stem"] }, "flatten", { "linear": 4 }"""),
        Images("TakenTwiceByOne", "[3, 6, 6]", """{ "conv2d": 4, "kernel_size": 3, "name": "stem" }, { "mul": "stem" }, { "add": "stem" }, "flatten", { "linear": 4 }"""),
        Images("SkippedNorm", "[3, 6, 6]", $$"""{{Conv(4, 3)}}, { "batch_norm2d": {}, "name": "norm" }, "relu", {{Conv(4, 3)}}, { "add": "norm" }, "flatten", { "linear": 4 }"""),
        Images("LayerNorms", "[3, 6, 6]", """{ "conv2d": 4, "kernel_size": 3 }, "gelu", "flatten", { "linear": 8 }, { "layer_norm": {}, "eps": 0.001 }, "silu", { "linear": 8, "bias": false }, { "layer_norm": {}, "bias": false }, { "linear": 4 }"""),
        Images("LayerNormOfAnImage", "[3, 6, 6]", """{ "conv2d": 4, "kernel_size": 3 }, "layer_norm", "relu", "flatten", { "linear": 4 }"""),
        Images("GroupNorms", "[3, 6, 6]", """{ "conv2d": 8, "kernel_size": 3 }, { "group_norm": 2 }, "silu", { "conv2d": 6, "kernel_size": 3 }, { "group_norm": 6, "affine": false }, "flatten", { "linear": 4 }"""),
        Images("AveragePools", "[3, 11, 11]", $$"""{{Conv(4, 3)}}, "tanh", { "avg_pool2d": 3, "stride": 2, "padding": 1 }, {{Conv(5, 3)}}, { "avg_pool2d": 2, "stride": 1, "padding": 1, "count_include_pad": false }, "flatten", { "linear": 4 }"""),
        Images("AdaptivePools", "[3, 11, 9]", $$"""{{Conv(4, 3)}}, "relu", { "adaptive_avg_pool2d": [5, 4] }, {{Conv(5, 3)}}, { "adaptive_max_pool2d": 2 }, "flatten", { "linear": 4 }"""),
        Images("GlobalPool", "[3, 8, 8]", $$"""{{Conv(8, 3)}}, "batch_norm2d", "relu", "global_avg_pool", { "linear": 4 }"""),
        Images("GlobalMaxima", "[3, 8, 8]", $$"""{{Conv(8, 3)}}, "relu", "global_max_pool", { "linear": 4 }"""),
        Images("SqueezeExcite", "[3, 8, 8]", $$"""{{Conv(8, 3)}}, "silu", { "squeeze_excite": 4 }, "global_avg_pool", { "linear": 4 }"""),
        Images("Activations", "[3, 6, 6]", $$"""{{Conv(4, 3)}}, { "leaky_relu": 0.1 }, {{Conv(4, 3)}}, "elu", {{Conv(4, 3)}}, "hardswish", {{Conv(4, 3)}}, "prelu", {{Conv(4, 3)}}, "mish", {{Conv(4, 3)}}, "softplus", "flatten", { "linear": 4 }"""),
        Images("UpAndDown", "[3, 8, 8]", $$"""{ "conv2d": 4, "kernel_size": 3, "padding": 1, "name": "high" }, "relu", { "max_pool2d": 2 }, {{Conv(6, 3)}}, "relu", { "upsample": 2 }, { "concat": "high" }, {{Conv(4, 3)}}, { "conv_transpose2d": 3, "kernel_size": 2, "stride": 2 }, "flatten", { "linear": 4 }"""),
        Images("Normalized", "[3, 6, 6]", $$"""{{Conv(4, 3)}}, "relu", "flatten", { "linear": 4 }""", data: """ "mean": [0.5, 0.25, 0.4], "std": [0.2, 0.3, 0.25] """),
        Images("Smoothed", "[1, 5, 5]", """ "flatten", { "linear": 8 }, "relu", { "linear": 4 }""", """ "cross_entropy", "label_smoothing": 0.1, "class_weights": [0.5, 2, 1, 3] """,
            (output, right) => nn.functional.cross_entropy(output, right, tensor([0.5, 2, 1, 3]), label_smoothing: 0.1)),
        Images("Weighted", "[1, 5, 5]", """ "flatten", { "linear": 8 }, "relu", { "linear": 3 }, "log_softmax" """, """ "nll", "class_weights": [0.5, 2, 1] """,
            (output, right) => nn.functional.nll_loss(output, right, tensor([0.5, 2, 1]))),
        Images("Accumulated", "[3, 6, 6]", $$"""{{Conv(4, 3)}}, "batch_norm2d", "relu", "flatten", { "linear": 4 }""", """ "cross_entropy", "accumulate": 3 """, CrossEntropy) with { Batches = 3 },
        Rows("Mlp", """{ "linear": 16 }, "relu", { "linear": 16 }, "batch_norm1d", "relu", { "linear": 4 }""", "\"cross_entropy\"", CrossEntropy, """ "label": "kind" """),
        Rows("NormalizedRows", """{ "linear": 8, "bias": false }, "relu", { "linear": 4 }""", "\"cross_entropy\"", CrossEntropy, """ "label": "kind", "mean": [0.5, 0.25, 0.4, 0, -1, 2], "std": [0.2, 0.3, 0.25, 1, 2, 0.5] """),
        Numbers("Mse", "", "\"mse\"", (output, right) => nn.functional.mse_loss(output, right)),
        Numbers("L1", "", "\"l1\"", (output, right) => nn.functional.l1_loss(output, right)),
        Numbers("SmoothL1", "", """ "smooth_l1", "beta": 0.25 """, (output, right) => nn.functional.smooth_l1_loss(output, right, beta: 0.25)),
        Numbers("Huber", "", """ "huber", "delta": 0.25 """, (output, right) => nn.functional.huber_loss(output, right, 0.25)),
        Numbers("Bce", ", \"sigmoid\"", "\"bce\"", (output, right) => nn.functional.binary_cross_entropy(output, right)),
        Numbers("BceWithLogits", "", "\"bce_with_logits\"", (output, right) => nn.functional.binary_cross_entropy_with_logits(output, right)),
        Numbers("KlDiv", ", \"log_softmax\"", "\"kl_div\"", (output, right) => nn.functional.kl_div(output, right, false, nn.Reduction.Sum) / right.shape[0]),
    ];

    private static string Conv(int channels, int kernel) => $$"""{ "conv2d": {{channels}}, "kernel_size": {{kernel}}, "padding": "same" }""";

    private static GradientNetwork Images(string name, string input, string layers, string loss = "\"cross_entropy\"", Func<Tensor, Tensor, Tensor>? mean = null, string data = "") =>
        new(new TwinSpec(name, $$"""{ "input": {{input}}, "layers": [{{layers.Trim()}}], "training": { "loss": {{loss}}, "optimizer": "sgd" }, "data": { "image_folder": { {{data}} } } }"""), mean ?? CrossEntropy);

    private static GradientNetwork Rows(string name, string layers, string loss, Func<Tensor, Tensor, Tensor> mean, string data) =>
        new(new TwinSpec(name, $$"""{ "input": [6], "layers": [{{layers}}], "training": { "loss": {{loss}}, "optimizer": "sgd" }, "data": { "csv": { {{data}} } } }"""), mean);

    private static GradientNetwork Numbers(string name, string end, string loss, Func<Tensor, Tensor, Tensor> mean) =>
        Rows(name, $$"""{ "linear": 12 }, "relu", { "linear": 3 }{{end}}""", loss, mean, """ "targets": ["x", "y", "z"] """);
}
