using System.Buffers.Binary;
using System.IO.Compression;
using ModelGen.Formats.Zip;

namespace ModelGen.Tests.Formats;

public sealed class ZipTests
{
    [Fact]
    public void The_checksum_is_the_one_of_zip_however_the_bytes_are_split()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8)); // The check value of CRC-32/ISO-HDLC.
        var bytes = Enumerable.Range(0, 100).Select(i => (byte)(i * 37)).ToArray();
        for (var split = 0; split <= bytes.Length; split++)
            Assert.Equal(Crc32.Append(0, bytes), Crc32.Append(Crc32.Append(0, bytes.AsSpan(0, split)), bytes.AsSpan(split)));
    }

    [Fact]
    public void Every_content_starts_at_a_multiple_of_64_bytes_as_pytorchs_do()
    {
        var archive = Write(("a", [1]), ("some/longer/name", [2]), ("x", new byte[100]), (new string('n', 63), [3]));
        for (int position = 0, count = 0; count < 4; count++)
        {
            var header = archive.AsSpan(position);
            Assert.Equal(ZipSignatures.LocalHeader, BinaryPrimitives.ReadUInt32LittleEndian(header));
            position += 30 + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
            Assert.Equal(0, position % 64);
            position += (int)BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
        }
    }

    [Fact]
    public void Another_reader_finds_the_same_entries()
    {
        using var archive = new ZipArchive(new MemoryStream(Write(("x/data.pkl", [1, 2, 3]), ("x/größe", []))));

        Assert.Equal(["x/data.pkl", "x/größe"], archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        Assert.Equal([1, 2, 3], ReadAll(archive.Entries[0]));
    }

    [Fact]
    public void More_than_65535_entries_are_counted_by_zip64()
    {
        var bytes = Write([.. Enumerable.Range(0, 70_000).Select(i => ($"{i}", Array.Empty<byte>()))]);

        Assert.Equal(70_000, new ZipReader(new MemoryStream(bytes)).Names.Count);
        using var archive = new ZipArchive(new MemoryStream(bytes));
        Assert.Equal(70_000, archive.Entries.Count);
    }

    [Fact]
    public void Entries_beyond_4_gib_are_located_by_zip64()
    {
        using var stream = new FarStream(5L << 30) { Position = 5L << 30 };
        var writer = new ZipWriter(new BinaryWriter(stream));
        writer.Add("x/far", [1, 2, 3]);
        writer.Add("x/farther", [4]);
        writer.Finish();

        var reader = new ZipReader(stream);
        Assert.Equal([1, 2, 3], reader.Read(reader.Find("x/far")!).ToArray());
        stream.Position = 0;
        using var archive = new ZipArchive(stream);
        Assert.Equal([4], ReadAll(archive.Entries[1]));
    }

    [Fact]
    public void A_comment_at_the_end_is_passed_over()
    {
        byte[] bytes = [.. Write(("x/a", [1])), .. "hello"u8];
        bytes[^7] = 5;

        Assert.Equal(["x/a"], new ZipReader(new MemoryStream(bytes)).Names);
    }

    [Fact]
    public void A_name_that_is_there_twice_is_refused() => AssertRefused(Write(("x/a", [1]), ("x/a", [2])), "'x/a' twice");

    [Fact]
    public void Entries_that_overlap_to_be_more_than_the_file_are_refused()
    {
        // Both records of the table of contents claim 600 of the file's fewer than 1,000 bytes.
        var bytes = Write(("x/a", new byte[400]), ("x/b", []));
        Replace(bytes, ZipSignatures.CentralRecord, 20, 600);
        Replace(bytes, ZipSignatures.CentralRecord, 24, 600);

        AssertRefused(bytes, "larger than the file");
    }

    [Fact]
    public void A_changed_content_is_refused_by_name()
    {
        var bytes = Write(("x/a", [1, 2, 3]));
        bytes[64] ^= 1;

        AssertRefused(bytes, "the checksum of 'x/a' is wrong");
    }

    private static void AssertRefused(byte[] archive, string what)
    {
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            var reader = new ZipReader(new MemoryStream(archive));
            foreach (var name in reader.Names)
                reader.Read(reader.Find(name)!);
        });
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    private static byte[] Write(params (string Name, byte[] Content)[] entries)
    {
        using var stream = new MemoryStream();
        var writer = new ZipWriter(new BinaryWriter(stream));
        foreach (var (name, content) in entries)
            writer.Add(name, content);
        writer.Finish();
        return stream.ToArray();
    }

    private static void Replace(byte[] archive, uint signature, int offset, uint value)
    {
        for (var i = 0; i < archive.Length - 46; i++)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(archive.AsSpan(i)) == signature)
                BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(i + offset), value);
        }
    }

    private static byte[] ReadAll(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var result = new MemoryStream();
        content.CopyTo(result);
        return result.ToArray();
    }
}
