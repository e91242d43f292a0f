using System.Globalization;
using ModelGen.Collections;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>The one place where a value becomes C# text, the same on every machine and in every culture.</summary>
internal static class CSharpLiteral
{
    public static string Of(bool value) => value ? "true" : "false";

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With thousands apart, for constants that people read: <c>29_834</c>.</summary>
    public static string Grouped(long value) => Counted(value).Replace(',', '_');

    /// <summary>For people, in comments and tables: <c>29,834</c>.</summary>
    public static string Counted(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same double, and as a double: <c>0.01</c>, <c>1.0</c>, <c>1E-05</c>.</summary>
    public static string Of(double value)
    {
        if (double.IsNegativeInfinity(value))
            return "double.NegativeInfinity";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }

    /// <summary>The same as a float: <c>0.1307f</c>.</summary>
    public static string OfSingle(double value) => Of(value) + "f";

    /// <summary>For people, in comments: at most five digits that count.</summary>
    public static string Rounded(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    /// <summary>
    /// A text in quotes. What could end it, hide in it or turn what stands around it is written by its number; by ranges and not by what a
    /// letter is, because that depends on the machine's edition of Unicode.
    /// </summary>
    public static string Of(string text) => IsPlain(text) ? $"\"{text}\"" : Quoted(text, '"');

    /// <summary>Whether a text is its own literal between quotes: ASCII without a quote, a backslash or a control.</summary>
    public static bool IsPlain(string text)
    {
        foreach (var character in text)
        {
            if (character is not (>= ' ' and <= '~') or '"' or '\\')
                return false;
        }

        return true;
    }

    /// <summary>The same for a character: <c>';'</c>, <c>'\\'</c>, <c>'\t'</c>.</summary>
    public static string Of(char character) => character == '\t' ? @"'\t'" : Quoted(character.ToString(), '\'');

    /// <summary>A text, a flag or a number.</summary>
    public static string Of(object value) => value switch
    {
        string text => Of(text),
        bool flag => Of(flag),
        long number => Of(number),
        _ => Of((double)value),
    };

    /// <summary>A value of a spec as an attribute has it.</summary>
    public static string Of(SpecValue value) => value.Kind switch
    {
        SpecValueKind.Integer => Of(value.Integer),
        SpecValueKind.Real => Of(value.Real),
        SpecValueKind.Flag => Of(value.Flag),
        SpecValueKind.List => $"[{string.Join(", ", value.Items.Select(Of))}]",
        _ => Of(value.Text),
    };

    private static string Quoted(string text, char quote)
    {
        var literal = TextBuffer.Take().Append(quote);
        foreach (var character in text)
        {
            if (character == quote || character == '\\')
                literal.Append('\\').Append(character);
            else if (character is >= ' ' and <= '~' or > '\u00A0' and < '\u2000' or > '\u206F' and < '\uD800')
                literal.Append(character);
            else
                literal.Append("\\u").Append(((int)character).ToString("X4", CultureInfo.InvariantCulture));
        }

        return TextBuffer.Complete(literal.Append(quote));
    }
}
