using System.Linq;

namespace ModelGen.Emit;

/// <summary>Text for doc comments. What a user wrote never becomes markup, nor code.</summary>
internal static class XmlDoc
{
    public static string Escape(string text) => string.Concat(text.Select(character => character switch
    {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        // A line end, of any kind that C# knows, would end the comment.
        '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' => " ",
        _ => character.ToString(),
    }));
}
