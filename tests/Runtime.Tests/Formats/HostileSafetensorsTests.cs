using System.Text;
using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>Files of safetensors whose header lies: each is refused by what is wrong, before anything large is allocated.</summary>
public sealed class HostileSafetensorsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("[0,8]", "[8,16]", 15, "its tensors take 16 bytes, and 15 follow the header")]
    [InlineData("[0,8]", "[8,16]", 17, "its tensors take 16 bytes, and 17 follow the header")]
    [InlineData("[0,8]", "[9,17]", 17, "the tensor 'b' begins at byte 9 and not at 8")]
    [InlineData("[0,8]", "[4,12]", 12, "the tensor 'b' begins at byte 4 and not at 8")]
    [InlineData("[0,8]", "[0,8]", 8, "begins at byte 0 and not at 8")]
    [InlineData("[1,9]", "[9,17]", 17, "the tensor 'a' begins at byte 1 and not at 0")]
    [InlineData("[8,0]", "[8,16]", 16, "the tensor 'a' goes from byte 8 to 0")]
    [InlineData("[0,9]", "[9,17]", 17, "the tensor 'a' goes from byte 0 to 9, which doesn't fit F32 [2]")]
    [InlineData("[0,8,8]", "[8,16]", 16, "lacks the dtype, the shape or the two data_offsets of the tensor 'a'")]
    [InlineData("[-8,0]", "[0,8]", 8, "no whole number from 0")]
    [InlineData("[0,9223372036854775808]", "[0,8]", 8, "no whole number from 0")]
    [InlineData("[9223372036854775799,9223372036854775807]", "[0,8]", 8, "begins at byte 9,223,372,036,854,775,799 and not at 8")]
    [InlineData("[0.5,8.5]", "[0,8]", 8, "no whole number from 0")]
    [InlineData("[\"0\",\"8\"]", "[8,16]", 16, "not the JSON that describes tensors")]
    public void Offsets_cover_the_data_without_holes_and_overlaps(string a, string b, int data, string what) =>
        AssertRefused($$$"""{"a":{"dtype":"F32","shape":[2],"data_offsets":{{{a}}}},"b":{"dtype":"F32","shape":[2],"data_offsets":{{{b}}}}}""", data, what);

    [Theory]
    [InlineData("[9223372036854775807,9223372036854775807,4]", "doesn't fit F32")]
    [InlineData("[4294967296,4294967296]", "doesn't fit F32")]
    [InlineData("[4611686018427387904,4]", "doesn't fit F32")]
    [InlineData("[9223372036854775808]", "no whole number from 0")]
    [InlineData("[1e3]", "no whole number from 0")]
    [InlineData("[-1,-2]", "no whole number from 0")]
    [InlineData("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,2]", "more than 64 of them")]
    [InlineData("[[2]]", "not the JSON that describes tensors")]
    [InlineData("2", "not the JSON that describes tensors")]
    [InlineData("null", "not the JSON that describes tensors")]
    public void A_shape_takes_the_bytes_that_the_offsets_leave(string shape, string what) =>
        AssertRefused($$$"""{"a":{"dtype":"F32","shape":{{{shape}}},"data_offsets":[0,8]}}""", 8, what);

    [Theory]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "'a' twice")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\u0061":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "'a' twice")]
    [InlineData("""{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "says 'dtype' of the tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"scale":2}}""", "says 'scale' of the tensor 'a'")]
    [InlineData("""{"a":{"dtype":"U8","shape":[0]}}""", "lacks the dtype, the shape or the two data_offsets of the tensor 'a'")]
    [InlineData("""{"a":{"dtype":null,"shape":[0],"data_offsets":[0,0]}}""", "lacks the dtype")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[0],"data_offsets":[0,0]}}""", "the element type 'F8_E4M3', which ModelGen cannot exchange: convert it to float32")]
    [InlineData("""{"a":{"dtype":"C64","shape":[0],"data_offsets":[0,0]}}""", "the element type 'C64', which ModelGen cannot exchange")]
    [InlineData("""{"a":[]}""", "not the JSON that describes tensors")]
    [InlineData("""{"__metadata__":{"format":1}}""", "not the JSON that describes tensors")]
    [InlineData("""{"__metadata__":{"a":{"b":{"c":{}}}}}""", "not the JSON that describes tensors")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "'__metadata__' twice")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", "not the JSON that describes tensors")]
    [InlineData("""{"a":""", "not the JSON that describes tensors")]
    [InlineData("""{}{}""", "not the JSON that describes tensors")]
    [InlineData("""{},""", "not the JSON that describes tensors")]
    [InlineData("""[]""", "whose header begins with '{'")]
    [InlineData("""  {}""", "whose header begins with '{'")]
    public void A_header_describes_each_tensor_once(string header, string what) => AssertRefused(header, 0, what);

    [Fact]
    public void A_header_as_deep_as_the_file_is_refused() =>
        AssertRefused("{\"a\":" + new string('[', 1_000_000), 0, "not the JSON that describes tensors");

    [Fact]
    public void A_name_that_is_not_utf8_is_refused() =>
        AssertRefused(_folder.Write("x.safetensors", [.. Sample.Bytes(8L), .. "{\""u8, 0xFF, .. "\":[]}"u8]), "not the JSON that describes tensors");

    [Theory]
    [InlineData(0, "whose header begins with '{'")]
    [InlineData(3, "is cut short: it ends before its header does")]
    [InlineData(100_000_000, "is cut short: it ends before its header does")]
    [InlineData(100_000_001, "whose header takes at most 100,000,000 bytes")]
    [InlineData(long.MaxValue, "whose header takes at most 100,000,000 bytes")]
    [InlineData(-1, "whose header takes at most 100,000,000 bytes")]
    public void The_header_is_within_the_file(long length, string what) =>
        AssertRefused(_folder.Write("x.safetensors", [.. Sample.Bytes(length), (byte)'{', (byte)'}']), what);

    [Fact]
    public void A_bool_is_0_or_1()
    {
        const string Header = """{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}""";

        AssertRefused(_folder.Write("x.safetensors", [.. Sample.Bytes((long)Header.Length), .. Encoding.ASCII.GetBytes(Header), 0, 1, 2]), "the bool tensor 'a' has bytes that are neither 0 nor 1");
    }

    [Fact]
    public void A_file_of_the_other_format_is_told_its_right_name()
    {
        PthFile.Write(_folder["x.safetensors"], Sample.Small);
        SafetensorsFile.Write(_folder["x.pth"], Sample.Small);

        AssertRefused(_folder["x.safetensors"], "give it a name that ends in .pth");
        Assert.Equal(
            $"'{_folder["x.pth"]}' is a safetensors file: give it a name that ends in .safetensors.",
            Assert.Throws<ModelGenException>(() => PthFile.Read(_folder["x.pth"])).Message);
    }

    private void AssertRefused(string header, int data, string what) =>
        AssertRefused(_folder.Write("x.safetensors", [.. Sample.Bytes((long)header.Length), .. Encoding.ASCII.GetBytes(header), .. new byte[data]]), what);

    /// <summary>Also when the file is mapped, and with no more memory than a few times the file's size.</summary>
    private static void AssertRefused(string path, string what)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var message = Assert.Throws<ModelGenException>(() => SafetensorsFile.Read(path)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + (8 * new FileInfo(path).Length));
        Assert.StartsWith($"'{path}' ", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Equal(message, Assert.Throws<ModelGenException>(() => SafetensorsFile.Map(path, state => state)).Message);
    }
}
