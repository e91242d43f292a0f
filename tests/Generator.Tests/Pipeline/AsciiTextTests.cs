using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tests.Pipeline;

/// <summary>Generated code is the same text to the compiler, whether it is kept in bytes or in a string.</summary>
public sealed class AsciiTextTests
{
    [Theory]
    [InlineData("")]
    [InlineData("class ConvNet\n{\n    // [N, 3, 28, 28]\n}\n")]
    [InlineData("class Größe\n{\n    // [N, …] \ud83d\ude80\n}\n")]
    public void It_is_what_a_string_would_be(string code)
    {
        var expected = SourceText.From(code, Encoding.UTF8);

        var text = AsciiText.OrString(Encoding.UTF8.GetBytes(code));

        Assert.Equal(code, text.ToString());
        Assert.True(text.ContentEquals(expected));
        Assert.Equal(expected.Encoding, text.Encoding);
        Assert.Equal(expected.GetChecksum().AsEnumerable(), text.GetChecksum());
        Assert.Equal(expected.Lines.Select(line => line.Span), text.Lines.Select(line => line.Span));
        for (var start = 0; start < code.Length; start++)
            Assert.Equal(code[start..], text.ToString(TextSpan.FromBounds(start, code.Length)));
    }

    [Fact]
    public void A_text_of_ASCII_alone_is_kept_in_bytes()
    {
        Assert.IsType<AsciiText>(AsciiText.OrString("class A;"u8.ToArray()));
        Assert.IsNotType<AsciiText>(AsciiText.OrString("class Ä;"u8.ToArray()));
    }
}
