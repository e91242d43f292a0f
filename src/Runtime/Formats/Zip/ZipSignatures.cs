namespace ModelGen.Formats.Zip;

/// <summary>The numbers of the ZIP format (PKWARE's APPNOTE 6.3) that the reader and the writer share.</summary>
internal static class ZipSignatures
{
    /// <summary>Opens an entry: its local header.</summary>
    public const uint LocalHeader = 0x04034B50;

    /// <summary>Opens a record of the central directory.</summary>
    public const uint CentralRecord = 0x02014B50;

    /// <summary>Opens the end record, the last thing in a file.</summary>
    public const uint End = 0x06054B50;

    /// <summary>Opens the ZIP64 end record.</summary>
    public const uint End64 = 0x06064B50;

    /// <summary>Opens the record that says where the ZIP64 end record is; just before <see cref="End"/>.</summary>
    public const uint Locator64 = 0x07064B50;

    /// <summary>The extra field with the 64-bit values that a record has no room for.</summary>
    public const ushort Zip64Field = 0x0001;

    /// <summary>The extra field "FB" by which PyTorch pads an entry's content to its alignment.</summary>
    public const ushort PaddingField = 0x4246;

    /// <summary>In a 16-bit place: the value is in the ZIP64 record.</summary>
    public const ushort Elsewhere16 = ushort.MaxValue;

    /// <summary>In a 32-bit place: the value is in the ZIP64 record or field.</summary>
    public const uint Elsewhere32 = uint.MaxValue;

    /// <summary>Bytes of a local header before its name.</summary>
    public const int LocalHeaderSize = 30;

    /// <summary>Bytes of a central record before its name.</summary>
    public const int CentralRecordSize = 46;

    /// <summary>Bytes of the end record before its comment.</summary>
    public const int EndSize = 22;

    /// <summary>Bytes of the ZIP64 end record.</summary>
    public const int End64Size = 56;

    /// <summary>Bytes of the ZIP64 locator.</summary>
    public const int Locator64Size = 20;
}
