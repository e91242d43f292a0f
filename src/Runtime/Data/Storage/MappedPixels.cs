using System.IO.MemoryMappedFiles;

namespace ModelGen.Data;

/// <summary>
/// Values in a part of a file, mapped into memory: the system reads what is used and drops what it has no room for. The map lasts as long as
/// this object, also when the file's name is given to another file.
/// </summary>
internal sealed unsafe class MappedPixels : PixelStorage, IDisposable
{
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;

    /// <summary>Maps the file.</summary>
    /// <param name="file">The file, opened to be read; from here on it belongs to the map.</param>
    /// <param name="offset">Where the values begin.</param>
    /// <param name="length">How many there are, at least 1; the file is as long.</param>
    public MappedPixels(FileStream file, long offset, long length)
    {
        Length = length;
        _file = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(offset, length, MemoryMappedFileAccess.Read);
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    ~MappedPixels() => Release();

    public override long Length { get; }

    public override ReadOnlySpan<byte> Read(long offset, int length)
    {
        // The only check between an index and memory that is not ours.
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - length);
        return new(_start + offset, length);
    }

    /// <summary>Ends the map of a file that is none of ours: on Windows it could not be replaced until the finalizer ran.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        // Null when the map could not be made.
        if (_start is not null)
            _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view?.Dispose();
        _file?.Dispose();
    }
}
