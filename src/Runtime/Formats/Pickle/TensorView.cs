using System.Runtime.InteropServices;

namespace ModelGen.Formats.Pickle;

/// <summary>A storage that a pickle refers to: a run of elements in an entry of its own.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Key">The entry's name in the folder <c>data</c>.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record StorageView(ElementType Type, string Key, long Count);

/// <summary>A tensor of a pickle: a strided view into a storage, all of whose elements are known to be inside.</summary>
internal sealed class TensorView
{
    private const int MaxRank = 64;

    // Sizes and strides without the dimensions of size 1, whose strides mean nothing.
    private readonly (long Size, long Stride)[] _dimensions;
    private readonly long _offset;

    private TensorView(StorageView storage, long offset, long[] shape, long[] strides, long count)
    {
        Storage = storage;
        Shape = shape;
        Count = count;
        _offset = offset;
        _dimensions = shape.Zip(strides).Where(dimension => dimension.First != 1).ToArray();
    }

    /// <summary>The storage viewed.</summary>
    public StorageView Storage { get; }

    /// <summary>The sizes, outermost first.</summary>
    public long[] Shape { get; }

    /// <summary>The number of elements, the product of the sizes. With strides of 0 it can be more than the storage holds.</summary>
    public long Count { get; }

    /// <summary>Makes a view.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="offset">Where in the storage the first element is, in elements.</param>
    /// <param name="sizes">The sizes, outermost first.</param>
    /// <param name="strides">For each dimension the distance of neighbours, in elements.</param>
    /// <exception cref="InvalidDataException">An element would be outside the storage, or the numbers make no tensor.</exception>
    public static TensorView Create(StorageView storage, long offset, object?[] sizes, object?[] strides)
    {
        var shape = sizes.OfType<long>().ToArray();
        var steps = strides.OfType<long>().ToArray();
        if (shape.Length != sizes.Length || steps.Length != strides.Length || shape.Length != steps.Length || shape.Length > MaxRank
            || offset < 0 || shape.Any(long.IsNegative) || steps.Any(long.IsNegative))
            throw Damaged();
        if (shape.Contains(0))
            return new TensorView(storage, offset, shape, steps, count: 0);

        // 128 bits hold the product of two longs, and each loop ends as soon as its result leaves the range of a long.
        Int128 count = 1;
        Int128 last = offset;
        for (var i = 0; i < shape.Length; i++)
        {
            count *= shape[i];
            last += (Int128)(shape[i] - 1) * steps[i];
            if (count > long.MaxValue || last >= storage.Count)
                throw Damaged();
        }

        return last < storage.Count ? new TensorView(storage, offset, shape, steps, (long)count) : throw Damaged();
    }

    /// <summary>The tensor's elements in row-major order: a part of the storage's bytes where they are so already, else a copy.</summary>
    /// <param name="storage">The storage's bytes.</param>
    public ReadOnlyMemory<byte> Read(ReadOnlyMemory<byte> storage)
    {
        var size = Storage.Type.ByteSize();
        if (Count == 0)
            return ReadOnlyMemory<byte>.Empty;
        if (IsContiguous())
            return storage.Slice((int)_offset * size, (int)Count * size);
        return size switch
        {
            1 => Gather<byte>(storage.Span),
            2 => Gather<ushort>(storage.Span),
            4 => Gather<uint>(storage.Span),
            _ => Gather<ulong>(storage.Span),
        };
    }

    private bool IsContiguous()
    {
        var expected = 1L;
        for (var d = _dimensions.Length - 1; d >= 0; d--)
        {
            if (_dimensions[d].Stride != expected)
                return false;
            expected *= _dimensions[d].Size;
        }

        return true;
    }

    /// <summary>Walks the view like an odometer, the last dimension fastest.</summary>
    private byte[] Gather<T>(ReadOnlySpan<byte> storage)
        where T : unmanaged
    {
        var result = new byte[Count * Storage.Type.ByteSize()];
        var source = MemoryMarshal.Cast<byte, T>(storage);
        var target = MemoryMarshal.Cast<byte, T>(result.AsSpan());
        var indices = new long[_dimensions.Length];
        var position = _offset;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[(int)position];
            for (var d = _dimensions.Length - 1; d >= 0; d--)
            {
                var (size, stride) = _dimensions[d];
                position += stride;
                if (++indices[d] < size)
                    break;
                position -= size * stride;
                indices[d] = 0;
            }
        }

        return result;
    }

    private static InvalidDataException Damaged() =>
        new("is damaged: it describes a tensor whose elements are outside its storage; copy or save it again.");
}
