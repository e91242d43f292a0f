using System.Buffers;

namespace ModelGen.Formats;

/// <summary>The memory of a tensor that is in use.</summary>
internal delegate Span<byte> TensorMemory();

/// <summary>
/// The elements of a tensor that is in use, as a file takes them: a network is written from where it is, because a copy of a large one is as much again.
/// What is written is what the tensor holds then.
/// </summary>
/// <param name="memory">Gives the elements, row-major; it throws once they are gone.</param>
internal sealed class LiveMemory(TensorMemory memory) : MemoryManager<byte>
{
    /// <inheritdoc/>
    public override Span<byte> GetSpan() => memory();

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("A tensor's memory is read as a span.");

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
    }
}
