using System;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Emit;

namespace ModelGen;

/// <summary>
/// Generated code as the compiler keeps it, in an editor for as long as the project is open: a byte for each character, which is half of what a
/// string takes, and pieces that many files have in common, which are held once.
/// </summary>
internal sealed class AsciiText : SourceText
{
    private readonly CodeText _text;
    private readonly CodeText.Piece[] _pieces;

    private AsciiText(CodeText text, CodeText.Piece[] pieces) => (_text, _pieces) = (text, pieces);

    /// <summary>A file's text, as it is or as a string.</summary>
    public static SourceText OrString(CodeText text) => text.Pieces is { } pieces ? new AsciiText(text, pieces) : From(text.ToString(), Encoding.UTF8);

    public override Encoding Encoding => Encoding.UTF8;

    public override int Length => _text.Length;

    public override char this[int position]
    {
        get
        {
            var piece = _pieces[PieceAt(position)];
            return (char)piece.Source[piece.Offset + position - piece.Start];
        }
    }

    public override void CopyTo(int sourceIndex, char[] destination, int destinationIndex, int count)
    {
        var end = sourceIndex + count;
        for (var i = count == 0 ? 0 : PieceAt(sourceIndex); sourceIndex < end; i++)
        {
            var copied = Math.Min(end, _text.EndOf(i)) - sourceIndex;
            Encoding.ASCII.GetChars(_pieces[i].Source, _pieces[i].Offset + sourceIndex - _pieces[i].Start, copied, destination, destinationIndex);
            sourceIndex += copied;
            destinationIndex += copied;
        }
    }

    private int PieceAt(int position)
    {
        var (first, last) = (0, _pieces.Length - 1);
        while (first < last)
        {
            var middle = (first + last + 1) / 2;
            if (_pieces[middle].Start <= position)
                first = middle;
            else
                last = middle - 1;
        }

        return first;
    }
}
