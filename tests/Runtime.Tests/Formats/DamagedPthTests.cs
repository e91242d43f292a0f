using System.IO.Pipes;
using CsCheck;
using ModelGen.Formats;
using ModelGen.Formats.Zip;

namespace ModelGen.Tests.Formats;

/// <summary>Files that were valid: whatever happened to them, the answer is a <see cref="ModelGenException"/> or a state_dict.</summary>
public sealed class DamagedPthTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly byte[] _valid;
    private readonly byte[] _optimizer;

    public DamagedPthTests()
    {
        PthFile.Write(_folder["valid.pth"], Sample.Small);
        _valid = File.ReadAllBytes(_folder["valid.pth"]);
        PthFile.WriteOptimizer(_folder["optimizer.pth"], Sample.Optimizer);
        _optimizer = File.ReadAllBytes(_folder["optimizer.pth"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_by_name()
    {
        for (var length = 0; length < _valid.Length; length++)
        {
            var path = _folder.Write("cut.pth", _valid.AsSpan(0, length));
            Assert.Contains(path, Assert.Throws<ModelGenException>(() => PthFile.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_optimizers_file_cut_at_any_byte_is_refused_by_name()
    {
        for (var length = 0; length < _optimizer.Length; length++)
        {
            var path = _folder.Write("cut.pth", _optimizer.AsSpan(0, length));
            Assert.Contains(path, Assert.Throws<ModelGenException>(() => PthFile.MapOptimizer(path, state => state)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_of_pytorch_cut_at_any_byte_is_refused_by_name()
    {
        var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Formats", "Fixtures", "linear.pth"));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = _folder.Write("cut.pth", whole.AsSpan(0, length));
            Assert.Throws<ModelGenException>(() => PthFile.Read(path));
        }
    }

    [LinuxFact]
    public void A_pipe_is_refused_by_name()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        AssertRefused($"/proc/self/fd/{pipe.ClientSafePipeHandle.DangerousGetHandle()}", "is a pipe");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Changed_bytes_anywhere_give_a_refusal_or_a_state_dict_and_nothing_else(bool isOptimizer)
    {
        var valid = isOptimizer ? _optimizer : _valid;
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])valid.Clone();
                foreach (var (position, value) in changes)
                    bytes[position] = value;
                ReadOrRefuse(bytes, isOptimizer);
            },
            iter: FuzzRuns.Count / 4,
            threads: 1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_changed_pickle_under_a_right_checksum_gives_a_refusal_or_a_state_dict_and_nothing_else(bool isOptimizer)
    {
        // The checksum stops nearly all of the changes above before the pickle machine sees them.
        var zip = new ZipReader(new MemoryStream(isOptimizer ? _optimizer : _valid));
        var contents = zip.Names.Select(name => (Name: name, Content: zip.Read(zip.Find(name)!).ToArray())).ToArray();
        var pickle = contents[0].Content;
        Gen.Select(Gen.Int[0, pickle.Length - 1], Gen.Byte).Array[1, 3].Sample(
            changes =>
            {
                var changed = (byte[])pickle.Clone();
                foreach (var (position, value) in changes)
                    changed[position] = value;
                using var stream = new MemoryStream();
                var writer = new ZipWriter(new BinaryWriter(stream));
                writer.Add(contents[0].Name, changed);
                foreach (var (name, content) in contents[1..])
                    writer.Add(name, content);
                writer.Finish();
                ReadOrRefuse(stream.ToArray(), isOptimizer);
            },
            iter: FuzzRuns.Count / 4,
            threads: 1);
    }

    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_refused_by_what_they_are()
    {
        AssertRefused(_folder["missing.pth"], "There is no file");
        AssertRefused(_folder.Path, "is a folder");
        AssertRefused(_folder.Write("empty.pth", []), "is empty");
    }

    private static void AssertRefused(string path, string what)
    {
        var message = Assert.Throws<ModelGenException>(() => PthFile.Read(path)).Message;
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    private void ReadOrRefuse(byte[] bytes, bool isOptimizer)
    {
        var path = _folder.Write("changed.pth", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotNull(isOptimizer ? PthFile.MapOptimizer(path, state => (object)state) : PthFile.Read(path));
        }
        catch (ModelGenException refusal)
        {
            Assert.Contains("changed.pth", refusal.Message, StringComparison.Ordinal);
        }

        // The reader's own bound for views that show the same elements again and again, and what a refusal takes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (65 << 20) + (16 * bytes.Length));
    }
}
