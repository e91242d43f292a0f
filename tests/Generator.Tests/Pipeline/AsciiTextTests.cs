using System.Text;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Emit;

namespace ModelGen.Tests.Pipeline;

/// <summary>Generated code is the same text to the compiler, whether it is kept in bytes, in pieces that files share, or in a string.</summary>
public sealed class AsciiTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("class ConvNet\n{\n    // [N, 3, 28, 28]\n}\n")]
    [InlineData("class Größe\n{\n    // [N, …] \ud83d\ude80\n}\n")]
    public void It_is_what_a_string_would_be(string code)
    {
        var writer = new CodeWriter();
        writer.Append($"{code}");

        AssertSame(code, writer.Complete());
    }

    [Fact]
    public void Pieces_make_the_text_wherever_it_is_cut()
    {
        const string Code = "class ConvNet\n{\n}\n";
        var bytes = Encoding.ASCII.GetBytes(Code);
        for (var first = 1; first < Code.Length - 1; first++)
        {
            for (var second = first + 1; second < Code.Length; second++)
            {
                // The middle one stands elsewhere.
                CodeText.Piece[] pieces = [new(bytes, 0, 0), new(bytes[first..], 0, first), new(bytes, second, second)];
                AssertSame(Code, new CodeText(pieces, Code.Length));
            }
        }
    }

    [Theory]
    [InlineData("A")]
    [InlineData("Ä")]
    public void A_template_with_long_literals_is_the_text_that_a_string_would_be(string name)
    {
        string?[] none = [null];
        for (var depth = 0; depth < 3; depth++)
        {
            var writer = new CodeWriter();
            var blocks = Enumerable.Range(0, depth).Select(_ => writer.Braces()).ToArray();
            writer.Write($$"""
                /// <summary>Says what images show. Any number of threads may ask it at the same time.</summary>
                public sealed class {{name}} : global::System.IDisposable
                {

                    // Where a literal ends with spaces, the lines behind it stand in its column, or leave no line at all.
                    {{none}}
                    {{(string?[])["First();", "Second();"]}}
                    // A literal may end in the middle of a line, and the next ones go on there: here it is {{name}}, {{name}}
                    public void Dispose() => _model.Dispose();
                }
                """);
            foreach (var block in blocks.Reverse())
                block.Dispose();

            var indent = new string(' ', 4 * depth);
            string[] lines =
            [
                "/// <summary>Says what images show. Any number of threads may ask it at the same time.</summary>",
                $"public sealed class {name} : global::System.IDisposable",
                "{",
                "",
                "    // Where a literal ends with spaces, the lines behind it stand in its column, or leave no line at all.",
                "    First();",
                "    Second();",
                $"    // A literal may end in the middle of a line, and the next ones go on there: here it is {name}, {name}",
                "    public void Dispose() => _model.Dispose();",
                "}",
            ];
            AssertSame(
                string.Concat(Enumerable.Range(0, depth).Select(open => new string(' ', 4 * open) + "{\n"))
                + string.Concat(lines.Select(line => (line.Length == 0 ? "" : indent + line) + "\n"))
                + string.Concat(Enumerable.Range(0, depth).Reverse().Select(open => new string(' ', 4 * open) + "}\n")),
                writer.Complete());
        }
    }

    [Fact]
    public void A_text_of_ASCII_alone_is_kept_in_bytes()
    {
        Assert.IsType<AsciiText>(AsciiText.OrString(new CodeWriter().Write("class A;").Complete()));
        Assert.IsNotType<AsciiText>(AsciiText.OrString(new CodeWriter().Write("class Ä;").Complete()));
    }

    private static void AssertSame(string code, CodeText written)
    {
        Assert.Equal(code, written.ToString());
        var text = AsciiText.OrString(written);
        var expected = SourceText.From(code, Encoding.UTF8);
        Assert.Equal(code, text.ToString());
        Assert.True(text.ContentEquals(expected));
        Assert.Equal(expected.Encoding, text.Encoding);
        Assert.Equal(expected.GetChecksum().AsEnumerable(), text.GetChecksum());
        Assert.Equal(expected.Lines.Select(line => line.Span), text.Lines.Select(line => line.Span));
        for (var start = 0; start < code.Length; start++)
        {
            Assert.Equal(code[start], text[start]);
            Assert.Equal(code[start..], text.ToString(TextSpan.FromBounds(start, code.Length)));
        }
    }
}
