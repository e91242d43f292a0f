using System.Text;
using ModelGen.Formats;
using TorchSharp;

namespace ModelGen.Tests.Formats;

/// <summary>Files of other formats, each refused by its own name.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_torchsharp_saved_is_recognized()
    {
        using var linear = torch.nn.Linear(2, 1);
        linear.save(_folder["linear.dat"]);
        using var network = torch.nn.Sequential(("conv", torch.nn.Conv2d(1, 2, 3)), ("bn", torch.nn.BatchNorm2d(2)));
        network.save(_folder["network.dat"]);

        AssertRefused(_folder["linear.dat"], "TorchSharp's own format");
        AssertRefused(_folder["network.dat"], "TorchSharp's own format");
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
        var zip = new ModelGen.Formats.Zip.ZipWriter(new BinaryWriter(stream));
        foreach (var (name, content) in entries)
            zip.Add(name, Encoding.UTF8.GetBytes(content));
        zip.Finish();
        return _folder.Write("x.pth", stream.ToArray());
    }
}
