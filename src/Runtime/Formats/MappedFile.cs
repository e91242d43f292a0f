using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace ModelGen.Formats;

/// <summary>
/// A file that is mapped into memory, as a stream whose parts need no copy: the system reads what is looked at and drops what it has no room for.
/// The parts end with the stream. As with every map, a program that cuts the file short meanwhile ends the process; ModelGen's own replace files whole.
/// </summary>
internal sealed class MappedFile : UnmanagedMemoryStream
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    /// <summary>Maps a file.</summary>
    /// <param name="file">The file, of at least one byte; it stays the caller's.</param>
    public MappedFile(FileStream file)
    {
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
        try
        {
            _view = _file.CreateViewAccessor(0, file.Length, MemoryMappedFileAccess.Read);
            Initialize(_view.SafeMemoryMappedViewHandle, _view.PointerOffset, file.Length, FileAccess.Read);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A part of the file.</summary>
    /// <param name="position">Where it starts.</param>
    /// <param name="count">Its bytes, all of which are in the file.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are not.</exception>
    public ReadOnlyMemory<byte> Part(long position, int count)
    {
        // The only check between a number in a file and memory that is not ours.
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, Length - count);
        return new MappedPart(_view.SafeMemoryMappedViewHandle, _view.PointerOffset + position, count).Memory;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // There is no view where the file could not be mapped.
            _view?.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed unsafe class MappedPart(SafeBuffer map, long offset, int length) : MemoryManager<byte>
    {
        public override Span<byte> GetSpan()
        {
            // A tensor that outlives its file is a mistake to be told, not a look into freed memory.
            ObjectDisposedException.ThrowIf(map.IsClosed, typeof(MappedFile));
            return new((byte*)map.DangerousGetHandle() + offset, length);
        }

        public override MemoryHandle Pin(int elementIndex = 0)
        {
            fixed (byte* start = GetSpan()[elementIndex..])
                return new(start);
        }

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
