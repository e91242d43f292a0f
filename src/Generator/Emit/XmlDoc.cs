using System.Linq;

namespace ModelGen.Emit;

/// <summary>Text for comments. What a user wrote never becomes markup, nor code.</summary>
internal static class XmlDoc
{
    public static string Escape(string text) => OneLine(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A line end, of any kind that C# knows, would end the comment.</summary>
    public static string OneLine(string text) =>
        string.Concat(text.Select(character => character is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' ? ' ' : character));
}
