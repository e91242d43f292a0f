using ModelGen.Formats;
using ModelGen.Formats.Onnx;

namespace ModelGen.Tests.Formats;

/// <summary>A small network of a linear layer, a batch norm and a mean, with something of everything that a file can hold.</summary>
internal static class SampleOnnx
{
    public static OnnxGraph Graph { get; } = new()
    {
        Name = "Small",
        Fingerprint = "0123456789abcdef",
        Inputs = [new("input", [3])],
        Outputs = [new("mean1", [1])],
        Classes = ["cat", "dog"],
        Constants = [OnnxConstant.Integers("mean1/axes", [1])],
        Nodes =
        [
            new("fc1", "Gemm", ["input", "fc1.weight", "fc1.bias"], [new("transB", 1)]),
            new("bn1", "BatchNormalization", ["fc1", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var"], [new("epsilon", 0.001)]),
            new("pad1", "Custom", ["bn1"], [new("mode", "edge"), new("sizes", [1, -2]), new("words", ["a", "b"])]) { Outputs = ["", "pad1"] },
            new("mean1", "ReduceMean", ["pad1", "mean1/axes"], [new("keepdims", 1)]),
        ],
    };

    /// <summary>A linear layer, whose weights are large enough to be kept in a file beside the graph's and whose biases are not.</summary>
    public static OnnxGraph Wide { get; } = new()
    {
        Name = "Wide",
        Fingerprint = "",
        Inputs = [new("input", [300])],
        Outputs = [new("fc2", [4])],
        Nodes = [new("fc1", "Gemm", ["input", "fc1.weight", "fc1.bias"], [new("transB", 1)]), new("fc2", "Gemm", ["fc1", "fc2.weight"], [new("transB", 1)])],
    };

    public static StateDict WideWeights { get; } = new(
        [
            new("fc1.weight", new StoredTensor(ElementType.Float32, [100, 300], Sample.Bytes([.. Enumerable.Range(0, 30_000).Select(i => i / 7f)]))),
            new("fc1.bias", new StoredTensor(ElementType.Float32, [100], Sample.Bytes(new float[100]))),
            new("fc2.weight", new StoredTensor(ElementType.Float32, [4, 100], Sample.Bytes([.. Enumerable.Range(0, 400).Select(i => i / 9f)]))),
        ],
        []);

    public static StateDict Weights { get; } = new(
        [
            new("fc1.weight", new StoredTensor(ElementType.Float32, [2, 3], Sample.Bytes(0f, 1, 2, 3, 4, 5))),
            new("fc1.bias", new StoredTensor(ElementType.Float32, [2], Sample.Bytes(-1f, 0.5f))),
            new("bn1.weight", new StoredTensor(ElementType.Float32, [2], Sample.Bytes(2f, float.NaN))),
            new("bn1.bias", new StoredTensor(ElementType.Float32, [2], Sample.Bytes(1f, 1))),
            new("bn1.running_mean", new StoredTensor(ElementType.Float32, [2], Sample.Bytes(0.5f, 1))),
            new("bn1.running_var", new StoredTensor(ElementType.Float32, [2], Sample.Bytes(3.999f, 1))),
            new("bn1.num_batches_tracked", new StoredTensor(ElementType.Int64, [], Sample.Bytes(7L))),
        ],
        []);
}
