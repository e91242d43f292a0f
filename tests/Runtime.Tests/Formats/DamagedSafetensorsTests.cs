using System.Text;
using CsCheck;
using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>
/// Files of safetensors that were valid: whatever happened to them, the answer is a <see cref="ModelGenException"/> or a state_dict, and takes little more
/// memory than the file.
/// </summary>
public sealed class DamagedSafetensorsTests : IDisposable
{
    private const int HeaderStart = sizeof(long);

    // What a header is made of, whole: single bytes alone seldom make other JSON of it.
    private static readonly string[] Words =
        ["[", "]", "{", "}", ",", ":", "\"", "0", "9", "-1", "1e9", "9223372036854775807", "9223372036854775808", "F64", "BOOL", "F8_E5M2", "null", "shape", "dtype", "\\u0000", " "];

    private readonly TempFolder _folder = new();
    private readonly byte[] _valid;

    public DamagedSafetensorsTests()
    {
        SafetensorsFile.Write(_folder["valid.safetensors"], Sample.Small);
        _valid = File.ReadAllBytes(_folder["valid.safetensors"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_by_name()
    {
        for (var length = 0; length < _valid.Length; length++)
        {
            var path = _folder.Write("cut.safetensors", _valid.AsSpan(0, length));
            Assert.Contains(path, Assert.Throws<ModelGenException>(() => SafetensorsFile.Read(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Changed_bytes_anywhere_give_a_refusal_or_a_state_dict_and_nothing_else() =>
        Gen.Select(Gen.Int[0, _valid.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])_valid.Clone();
                foreach (var (position, value) in changes)
                    bytes[position] = value;
                ReadOrRefuse(bytes);
            },
            iter: FuzzRuns.Count / 2,
            threads: 1);

    [Fact]
    public void Changed_words_of_a_header_of_the_right_length_give_a_refusal_or_a_state_dict_and_nothing_else()
    {
        var header = Encoding.ASCII.GetString(_valid, HeaderStart, (int)BitConverter.ToInt64(_valid));
        Gen.Select(Gen.Int[0, header.Length - 1], Gen.Int[0, 12], Gen.Int[0, Words.Length - 1]).Array[1, 3].Sample(
            changes =>
            {
                var changed = header;
                foreach (var (position, removed, word) in changes)
                {
                    var start = Math.Min(position, changed.Length);
                    changed = changed.Remove(start, Math.Min(removed, changed.Length - start)).Insert(start, Words[word]);
                }

                ReadOrRefuse([.. Sample.Bytes((long)changed.Length), .. Encoding.ASCII.GetBytes(changed), .. _valid.AsSpan(HeaderStart + header.Length)]);
            },
            iter: FuzzRuns.Count / 2,
            threads: 1);
    }

    [Fact]
    public void A_missing_file_a_folder_and_an_empty_file_are_refused_by_what_they_are()
    {
        AssertRefused(_folder["missing.safetensors"], "There is no file");
        AssertRefused(_folder.Path, "is a folder");
        AssertRefused(_folder.Write("empty.safetensors", []), "is empty");
    }

    private static void AssertRefused(string path, string what)
    {
        foreach (var read in new Func<StateDict>[] { () => SafetensorsFile.Read(path), () => SafetensorsFile.Map(path, state => state) })
        {
            var message = Assert.Throws<ModelGenException>(read).Message;
            Assert.Contains(what, message, StringComparison.Ordinal);
            Assert.Contains(path, message, StringComparison.Ordinal);
        }
    }

    private void ReadOrRefuse(byte[] bytes)
    {
        var path = _folder.Write("changed.safetensors", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotNull(SafetensorsFile.Read(path));
        }
        catch (ModelGenException refusal)
        {
            Assert.Contains("changed.safetensors", refusal.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + (8 * bytes.Length));
    }
}
