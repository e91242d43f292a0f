using System.Runtime.InteropServices;
using ModelGen.Formats;

namespace ModelGen.Cpu;

/// <summary>Elements of one type as elements of another.</summary>
internal static class Elements
{
    /// <summary>Writes elements in another type, rounded to its nearest number, or towards zero where it has whole ones only, as PyTorch's <c>copy_</c> does.</summary>
    /// <param name="from">The elements, little-endian.</param>
    /// <param name="fromType">What they are.</param>
    /// <param name="to">Room for as many.</param>
    /// <param name="toType">What they become: what a network, its optimizer or its scores have.</param>
    /// <exception cref="ArgumentException">There is room for another number of elements.</exception>
    public static void Convert(ReadOnlySpan<byte> from, ElementType fromType, Span<byte> to, ElementType toType)
    {
        var count = to.Length / toType.ByteSize();
        if (from.Length != count * fromType.ByteSize())
            throw new ArgumentException($"{count} elements have {count * fromType.ByteSize()} bytes, not {from.Length}.", nameof(from));
        if (fromType == toType)
        {
            from.CopyTo(to);
            return;
        }

        for (var i = 0; i < count; i++)
            Write(to, toType, i, Read(from, fromType, i));
    }

    /// <summary>Labels as 32-bit numbers; classes are never as many.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="narrow">Room for at least as many.</param>
    public static void Narrow(ReadOnlySpan<long> labels, Span<int> narrow)
    {
        for (var i = 0; i < labels.Length; i++)
            narrow[i] = (int)labels[i];
    }

    private static double Read(ReadOnlySpan<byte> elements, ElementType type, int i) => type switch
    {
        ElementType.Float32 => At<float>(elements, i),
        ElementType.Float64 => At<double>(elements, i),
        ElementType.Float16 => (double)At<Half>(elements, i),
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)At<ushort>(elements, i) << 16),
        ElementType.Int64 => At<long>(elements, i),
        ElementType.Int32 => At<int>(elements, i),
        ElementType.Int16 => At<short>(elements, i),
        ElementType.Int8 => At<sbyte>(elements, i),
        ElementType.UInt8 or ElementType.Bool => elements[i],
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not an element type."),
    };

    private static void Write(Span<byte> elements, ElementType type, int i, double value)
    {
        switch (type)
        {
            case ElementType.Float32:
                MemoryMarshal.Cast<byte, float>(elements)[i] = (float)value;
                break;
            case ElementType.Float64:
                MemoryMarshal.Cast<byte, double>(elements)[i] = value;
                break;
            case ElementType.Int64:
                MemoryMarshal.Cast<byte, long>(elements)[i] = (long)value;
                break;
            case ElementType.UInt8:
                elements[i] = (byte)value;
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "No network of this backend has it.");
        }
    }

    private static T At<T>(ReadOnlySpan<byte> elements, int i)
        where T : struct => MemoryMarshal.Cast<byte, T>(elements)[i];
}
