namespace ModelGen.Formats;

/// <summary>What files say about an <see cref="ElementType"/>: its size and its names.</summary>
internal static class ElementTypeFacts
{
    /// <summary>The bytes that one element takes.</summary>
    public static int ByteSize(this ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        ElementType.Int8 or ElementType.UInt8 or ElementType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>The bytes that a tensor takes. From a product beyond the range of a long on it is no longer exact, but beyond that range.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="shape">The sizes, none of them negative.</param>
    public static Int128 ByteSize(this ElementType type, IReadOnlyList<long> shape) => shape.Contains(0)
        ? 0
        : shape.Aggregate((Int128)type.ByteSize(), (product, size) => product > long.MaxValue ? product : product * size);

    /// <summary>PyTorch's name: <c>float32</c>.</summary>
    public static string TorchName(this ElementType type) => type.ToString().ToLowerInvariant();

    /// <summary>The type's <c>dtype</c> in a safetensors header.</summary>
    public static string SafetensorsName(this ElementType type) => type switch
    {
        ElementType.Float32 => "F32",
        ElementType.Float64 => "F64",
        ElementType.Float16 => "F16",
        ElementType.BFloat16 => "BF16",
        ElementType.Int64 => "I64",
        ElementType.Int32 => "I32",
        ElementType.Int16 => "I16",
        ElementType.Int8 => "I8",
        ElementType.UInt8 => "U8",
        ElementType.Bool => "BOOL",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    /// <summary>The class in Python's module <c>torch</c> by which a pickle names the type (<c>_dtype_to_storage_type_map</c>).</summary>
    public static string StorageName(this ElementType type) => type switch
    {
        ElementType.Float32 => "FloatStorage",
        ElementType.Float64 => "DoubleStorage",
        ElementType.Float16 => "HalfStorage",
        ElementType.BFloat16 => "BFloat16Storage",
        ElementType.Int64 => "LongStorage",
        ElementType.Int32 => "IntStorage",
        ElementType.Int16 => "ShortStorage",
        ElementType.Int8 => "CharStorage",
        ElementType.UInt8 => "ByteStorage",
        ElementType.Bool => "BoolStorage",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };
}
