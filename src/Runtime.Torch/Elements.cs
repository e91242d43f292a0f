using ModelGen.Formats;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The element types of files and those of tensors.</summary>
internal static class Elements
{
    private static readonly (ElementType Stored, ScalarType Scalar)[] Types =
    [
        (ElementType.Float32, ScalarType.Float32),
        (ElementType.Float64, ScalarType.Float64),
        (ElementType.Float16, ScalarType.Float16),
        (ElementType.BFloat16, ScalarType.BFloat16),
        (ElementType.Int64, ScalarType.Int64),
        (ElementType.Int32, ScalarType.Int32),
        (ElementType.Int16, ScalarType.Int16),
        (ElementType.Int8, ScalarType.Int8),
        (ElementType.UInt8, ScalarType.Byte),
        (ElementType.Bool, ScalarType.Bool),
    ];

    /// <summary>The tensor's element type as libtorch names it.</summary>
    public static ScalarType ScalarOf(ElementType type) => Array.Find(Types, pair => pair.Stored == type).Scalar;

    /// <summary>The element type that a tensor has in a file.</summary>
    /// <exception cref="ModelGenException">Files have none for it.</exception>
    public static ElementType TypeOf(string name, Tensor tensor)
    {
        var index = Array.FindIndex(Types, pair => pair.Scalar == tensor.dtype);
        return index >= 0
            ? Types[index].Stored
            : throw new ModelGenException($"The tensor '{name}' is {tensor.dtype}, which no weights file holds: convert the network to float32.");
    }
}
