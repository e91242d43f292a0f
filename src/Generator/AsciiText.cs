using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen;

/// <summary>
/// Generated code as the compiler keeps it, in an editor for as long as the project is open: a byte for each character, which is half of what a
/// string takes.
/// </summary>
internal sealed class AsciiText : SourceText
{
    private readonly byte[] _text;

    private AsciiText(byte[] text) => _text = text;

    /// <summary>A file's text. Only a name of the user's can have other characters than ASCII's; such a text becomes a string.</summary>
    public static SourceText OrString(byte[] utf8) =>
        Encoding.UTF8.GetCharCount(utf8) == utf8.Length ? new AsciiText(utf8) : From(Encoding.UTF8.GetString(utf8), Encoding.UTF8);

    public override Encoding Encoding => Encoding.UTF8;

    public override int Length => _text.Length;

    public override char this[int position] => (char)_text[position];

    public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count) =>
        Encoding.ASCII.GetChars(_text, sourceIndex, count, destination, destinationIndex);
}
