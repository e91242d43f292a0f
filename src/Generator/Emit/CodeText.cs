using System.Text;

namespace ModelGen.Emit;

/// <summary>The text of a file: pieces in ASCII, of which many files have some in common; or characters, where a name of the user's needs others.</summary>
internal sealed class CodeText
{
    private readonly string? _characters;

    /// <param name="pieces">The text in order, in ASCII; none of them is empty.</param>
    /// <param name="length">Of all together.</param>
    public CodeText(Piece[] pieces, int length) => (Pieces, Length) = (pieces, length);

    public CodeText(string characters) => (_characters, Length) = (characters, characters.Length);

    /// <summary>The pieces; null where the text is characters.</summary>
    public Piece[]? Pieces { get; }

    /// <summary>Characters.</summary>
    public int Length { get; }

    public override string ToString()
    {
        if (_characters is not null)
            return _characters;
        var text = new StringBuilder(Length);
        for (var i = 0; i < Pieces!.Length; i++)
            text.Append(Encoding.ASCII.GetString(Pieces[i].Source, Pieces[i].Offset, EndOf(i) - Pieces[i].Start));

        return text.ToString();
    }

    /// <summary>Where a piece ends in the text.</summary>
    public int EndOf(int piece) => piece + 1 < Pieces!.Length ? Pieces[piece + 1].Start : Length;

    /// <summary>A piece of a text, up to where the next one starts.</summary>
    /// <param name="Source">Has the bytes.</param>
    /// <param name="Offset">Where they begin in it.</param>
    /// <param name="Start">Where they begin in the text.</param>
    public readonly record struct Piece(byte[] Source, int Offset, int Start);
}
