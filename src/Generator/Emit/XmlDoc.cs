using System.Text;
using System.Xml;

namespace ModelGen.Emit;

/// <summary>Text for comments. What a user wrote never becomes markup, nor code.</summary>
internal static class XmlDoc
{
    private static readonly char[] Markup = ['&', '<', '>'];
    private static readonly char[] LineEnds = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    public static string Escape(string text)
    {
        var line = OneLine(IsXml(text) ? text : Readable(text));
        return line.IndexOfAny(Markup) < 0 ? line : line.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
    }

    private static bool IsXml(string text)
    {
        foreach (var character in text)
        {
            if (!XmlConvert.IsXmlChar(character))
                return false;
        }

        return true;
    }

    /// <summary>What XML can't hold, controls and halves of surrogate pairs, becomes U+FFFD.</summary>
    private static string Readable(string text)
    {
        var readable = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                readable.Append(text[i]).Append(text[++i]);
            else
                readable.Append(XmlConvert.IsXmlChar(text[i]) ? text[i] : '\uFFFD');
        }

        return readable.ToString();
    }

    /// <summary>A line end, of any kind that C# knows, would end the comment.</summary>
    public static string OneLine(string text) => text.IndexOfAny(LineEnds) < 0 ? text : string.Join(" ", text.Split(LineEnds));
}
