namespace ModelGen.Emit;

/// <summary>Text for comments. What a user wrote never becomes markup, nor code.</summary>
internal static class XmlDoc
{
    private static readonly char[] Markup = ['&', '<', '>'];
    private static readonly char[] LineEnds = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    public static string Escape(string text)
    {
        var line = OneLine(text);
        return line.IndexOfAny(Markup) < 0 ? line : line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }

    /// <summary>A line end, of any kind that C# knows, would end the comment.</summary>
    public static string OneLine(string text) => text.IndexOfAny(LineEnds) < 0 ? text : string.Join(" ", text.Split(LineEnds));
}
