using System.Text;
using ModelGen.Formats;
using ModelGen.Formats.Zip;

namespace ModelGen.Tests.Formats;

/// <summary>Files of other formats, each refused by its own name.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2, "weight")]
    [InlineData(300, "features.denseblock1.denselayer1.conv1.weight")]
    public void A_file_that_torchsharp_saved_is_recognized(int count, string name)
    {
        // As Module.save begins: the count, then for each tensor its name, the codes of its type (6: float32) and rank, its sizes, its data.
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(count);
        writer.Write(name);
        writer.Write([6, 2, 1, 2]);
        writer.Write(new byte[8]);

        AssertRefused(_folder.Write("linear.dat", stream.ToArray()), "TorchSharp's own format");
    }

    [Theory]
    [InlineData("just text, such as a README", "is not a file of torch.save")]
    [InlineData("\u0001", "is not a file of torch.save")]
    [InlineData("PK", "is not a file of torch.save")]
    [InlineData("\u0080\u0004\u0095", "is a Python pickle")]
    [InlineData("\u0000\u0000\u0000\u0000", "is not a file of torch.save")]
    public void Anything_else_is_told_what_was_expected(string content, string what) =>
        AssertRefused(_folder.Write("x.pth", Encoding.Latin1.GetBytes(content)), what);

    [Fact]
    public void A_zip_archive_of_something_else_is_told_what_was_expected() =>
        AssertRefused(WriteZip(("notes/readme.txt", "hello")), "without data.pkl");

    [Fact]
    public void An_archive_without_entries_is_refused() =>
        AssertRefused(_folder.Write("x.pth", [.. "PK\u0003\u0004"u8, .. "PK\u0005\u0006"u8, .. new byte[18]]), "without data.pkl");

    [Fact]
    public void An_archive_that_another_tool_compressed_is_told_to_be_saved_again()
    {
        using (var zip = System.IO.Compression.ZipFile.Open(_folder["x.pth"], System.IO.Compression.ZipArchiveMode.Create))
        using (var entry = new StreamWriter(zip.CreateEntry("x/data.pkl").Open()))
            entry.Write(new string(' ', 1000));

        AssertRefused(_folder["x.pth"], "compressed or encrypted");
    }

    private static void AssertRefused(string path, string what)
    {
        var message = Assert.Throws<ModelGenException>(() => PthFile.Read(path)).Message;
        Assert.StartsWith($"'{path}' ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    private string WriteZip(params (string Name, string Content)[] entries)
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(new BinaryWriter(stream));
        foreach (var (name, content) in entries)
            zip.Add(name, Encoding.UTF8.GetBytes(content));
        zip.Finish();
        return _folder.Write("x.pth", stream.ToArray());
    }
}
