using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tool.Writing;

/// <summary>The comments behind lines of code, which stand below each other.</summary>
internal static class TrailingComments
{
    /// <summary>Lets them stand so again, as far left as before.</summary>
    /// <param name="root">The code.</param>
    /// <param name="source">Its text.</param>
    /// <param name="removed">What is taken out of it, each within a line and before its comment.</param>
    /// <returns>The white space before comments.</returns>
    public static IEnumerable<TextChange> Align(SyntaxNode root, SourceText source, IEnumerable<TextSpan> removed)
    {
        var gone = removed.ToLookup(span => source.Lines.IndexOf(span.Start), span => span.Length);
        var comments = root.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia))
            .Select(trivia => Comment.Of(source, trivia.SpanStart, gone))
            .Where(comment => comment.Code > 0)
            .ToList();
        for (int first = 0, next; first < comments.Count; first = next)
        {
            for (next = first + 1; next < comments.Count && comments[next].IsBelow(comments[next - 1]);)
                next++;
            var block = comments[first..next];
            var column = block.Max(comment => comment.CodeLeft) + block.Min(comment => comment.Column - comment.Code);
            foreach (var comment in block)
                yield return new TextChange(
                    TextSpan.FromBounds(comment.Start - comment.Column + comment.Code, comment.Start),
                    new string(' ', column - comment.CodeLeft));
        }
    }

    /// <summary>A comment at the end of a line, or the line's only text.</summary>
    /// <param name="Start">Where it stands in the text.</param>
    /// <param name="Line">Its line.</param>
    /// <param name="Column">Where it stands in the line.</param>
    /// <param name="Code">Where the code before it ends; 0 if there is none.</param>
    /// <param name="CodeLeft">Where it ends when the names before it are short.</param>
    private readonly record struct Comment(int Start, int Line, int Column, int Code, int CodeLeft)
    {
        public static Comment Of(SourceText source, int start, ILookup<int, int> gone)
        {
            var line = source.Lines.GetLineFromPosition(start);
            var code = source.ToString(TextSpan.FromBounds(line.Start, start)).TrimEnd().Length;
            return new(start, line.LineNumber, start - line.Start, code, code - gone[line.LineNumber].Sum());
        }

        public bool IsBelow(Comment other) => Line == other.Line + 1 && Column == other.Column;
    }
}
