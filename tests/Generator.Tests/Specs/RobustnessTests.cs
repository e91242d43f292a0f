using CsCheck;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Specs;

/// <summary>Any text gives code or findings with a place in the file, and never an exception.</summary>
public sealed class RobustnessTests
{
    private static readonly string[] Fragments =
    [
        "{", "}", "[", "]", ",", ":", "\"", "\"relu\"", "\"linear\"", "\"conv2d\"", "\"kernel_size\"", "\"input\"", "\"layers\"", "\"name\"", "\"training\"", "\"data\"",
        "0", "-1", "1e400", "9223372036854775808", "0.5", "true", "null", "relu", "'", "#", ";", "\0", "//", "/*", "*/", "\\u0000", "\\uD800", "\u2028", "\uFEFF", "\"*/ </summary>\"", "\n", " ", "[[[[[[[[",
    ];

    [Fact]
    public void Specs_with_pieces_cut_out_put_in_and_swapped() => Gen.Select(Gen.Int[0, 1000], Gen.Int[0, 40], Gen.Int[0, Fragments.Length - 1])
        .List[1, 6].Sample(edits =>
        {
            var text = SeedSpecs.Json.Text;
            foreach (var (at, length, piece) in edits)
            {
                var start = at % (text.Length + 1);
                text = text[..start] + Fragments[piece] + text[Math.Min(text.Length, start + length)..];
            }

            AssertHandled(text);
        }, iter: 5_000);

    [Fact]
    public void Specs_of_pieces_in_any_order() =>
        Gen.Int[0, Fragments.Length - 1].List[0, 40].Sample(pieces => AssertHandled(string.Concat(pieces.Select(piece => Fragments[piece]))), iter: 20_000);

    [Theory]
    [InlineData("")]
    [InlineData("\uFEFF{}")]
    [InlineData("\0\0\0")]
    [InlineData("{\"input\":[1,1,1],\"layers\":[{\"conv2d\":2147483647,\"kernel_size\":2147483647,\"padding\":2147483647}]}")]
    [InlineData("{\"name\":\"\\uD800\",\"input\":[4],\"layers\":[\"relu\"]}")]
    [InlineData("{\"input\":[4],\"layers\":[{\"linear\":99999999999999999999}]}")]
    public void Strange_specs(string text) => AssertHandled(text);

    private static void AssertHandled(string text)
    {
        var reading = JsonSpecReader.Read("x/Net.model.json", text, "Demo");
        var findings = reading.Findings.Concat(reading.Spec is { } spec ? ModelChecker.Check(spec).Findings : []);
        var model = reading.Spec is { } read ? ModelChecker.Check(read) : null;
        var graph = model?.Graph;

        Assert.True(graph is not null || findings.Any());
        Assert.All(findings, finding =>
        {
            var span = reading.Map.Find(finding.Path);
            Assert.InRange(span.Start, 0, text.Length);
            Assert.InRange(span.Start + span.Length, span.Start, text.Length);
            Assert.NotEmpty(finding.Message);
        });
        if (model is { Graph: not null } or { Outline: not null })
            Assert.NotEmpty(ModelGen.Emit.Torch.TorchBackend.Emit(reading.Spec!, model));
    }
}
