using System.Globalization;
using System.Text;
using ModelGen.Collections;

namespace ModelGen.Specs.Json;

/// <summary>Reads a text in quotes. One that is not right is missing, and keeps what it most likely was to be.</summary>
internal static class JsonText
{
    private const string ExtraQuote = "This quote is one too many";

    /// <param name="scanner">Stands at the opening quote, double or single.</param>
    /// <param name="isName">Whether the text names a property: a colon then ends it where its quote is missing.</param>
    public static JsonNode Read(JsonScanner scanner, bool isName)
    {
        var start = scanner.At;
        var quote = scanner.Text[scanner.At++];
        if (Plain(scanner, quote) is { } plain)
            return plain;
        var text = new StringBuilder();
        var isSound = true;
        while (!scanner.Take(quote))
        {
            if (scanner.IsAtEnd || scanner.Next is '\n' or '\r')
                return ReadUnclosed(scanner, start, isName);
            if (scanner.Next < ' ')
                isSound &= ReadControl(scanner);
            else if (scanner.Next == '\\')
                isSound &= ReadEscape(scanner, text);
            else
                text.Append(scanner.Text[scanner.At++]);
        }

        var after = scanner.At;
        // ""relu" or "relu"": one quote too many, unless the second begins a text of its own.
        if (text.Length == 0 && after == start + 2 && scanner.IsWordPart(after))
        {
            scanner.Report(start, start + 1, ExtraQuote);
            scanner.At = start + 1;
            return Read(scanner, isName);
        }

        if (scanner.CharacterAt(after) == quote && scanner.CharacterAt(after + 1) is ':' or ',' or ']' or '}' or '\n' or '\r')
        {
            scanner.Report(after, after + 1, ExtraQuote);
            scanner.At++;
            return new JsonNode(isSound ? JsonKind.Text : JsonKind.Missing, JsonScanner.SpanOf(start, after)) { Text = text.ToString() };
        }

        // ["relu, "flatten"]: this quote opens the next text, and the one before has none.
        if (quote == '"' && scanner.IsWordPart(after) && Delimiter(scanner, start, after, isName) < after)
            return Cut(scanner, start, Delimiter(scanner, start, after, isName), isName);
        if (quote == '\'')
            scanner.Report(start, after, "A text stands in double quotes, not in single ones");
        return new JsonNode(isSound ? JsonKind.Text : JsonKind.Missing, JsonScanner.SpanOf(start, after)) { Text = text.ToString() };
    }

    /// <summary>The text as it stands, which nearly all are: without an escape, and with a delimiter behind its quote. Null for any other.</summary>
    private static JsonNode? Plain(JsonScanner scanner, char quote)
    {
        var start = scanner.At - 1;
        for (var at = scanner.At; quote == '"' && at < scanner.Text.Length && scanner.Text[at] is >= ' ' and not '\\'; at++)
        {
            if (scanner.Text[at] != quote)
                continue;
            if (scanner.CharacterAt(at + 1) == quote || scanner.IsWordPart(at + 1))
                return null;
            scanner.At = at + 1;
            return new JsonNode(JsonKind.Text, JsonScanner.SpanOf(start, at + 1)) { Text = TextBuffer.Part(scanner.Text, start + 1, at - start - 1) };
        }

        return null;
    }

    /// <summary>Where a text ends that begins at a place: behind its closing quote or, without one, with its line.</summary>
    public static int End(JsonScanner scanner, int start)
    {
        // Step by step: looking for the line's end first would cost a long line once for each of its texts.
        for (var at = start + 1; at < scanner.Text.Length && scanner.Text[at] is not ('\n' or '\r'); at++)
        {
            if (scanner.Text[at] == scanner.Text[start])
                return at + 1;
            if (scanner.Text[at] == '\\' && scanner.CharacterAt(at + 1) is not ('\n' or '\r'))
                at++;
        }

        return scanner.LineEnd(start);
    }

    // The text goes to its line's end: with brackets and commas that belong to what is around it, or with words that no one can tell apart.
    private static JsonNode ReadUnclosed(JsonScanner scanner, int start, bool isName)
    {
        var end = scanner.LineEnd(start);
        var cut = Delimiter(scanner, start, end, isName);
        var rest = cut;
        while (rest < end && (isName ? " \t,:[]{}.-0123456789" : " \t,[]{}").IndexOf(scanner.Text[rest]) >= 0)
            rest++;
        if (cut < end && (rest == end || scanner.AfterSpace(rest) >= end))
            return Cut(scanner, start, cut, isName);
        scanner.Report(start, end, "This text has no closing quote");
        scanner.At = end;
        scanner.ExplainNext();
        return new JsonNode(JsonKind.Missing, JsonScanner.SpanOf(start, end));
    }

    // A name is what it says; of a value, only its reader can tell.
    private static JsonNode Cut(JsonScanner scanner, int start, int end, bool isName)
    {
        scanner.At = end;
        while (scanner.Text[end - 1] is ' ' or '\t')
            end--;
        scanner.Report(start, end, "This text has no closing quote");
        var text = scanner.Text.Substring(start + 1, end - start - 1);
        // A quote alone stands for nothing.
        if (text.Length == 0)
            scanner.ExplainNext();
        return new JsonNode(isName ? JsonKind.Text : JsonKind.Missing, JsonScanner.SpanOf(start, end)) { Text = text };
    }

    private static int Delimiter(JsonScanner scanner, int start, int end, bool isName)
    {
        var at = scanner.Text.IndexOfAny(isName ? [':', ',', ']', '}'] : [',', ']', '}'], start, end - start);
        return at < 0 ? end : at;
    }

    private static bool ReadControl(JsonScanner scanner)
    {
        var start = scanner.At;
        while (!scanner.IsAtEnd && scanner.Next is < ' ' and not ('\n' or '\r'))
            scanner.At++;
        scanner.Report(start, scanner.At, "A control character must be written as \\u00XX");
        return false;
    }

    private static bool ReadEscape(JsonScanner scanner, StringBuilder text)
    {
        var start = scanner.At++;
        var code = scanner.Next;
        if (code == 'u' && HexadecimalUnit(scanner, start + 2) is { } unit)
        {
            text.Append(unit);
            scanner.At = start + 6;
            return true;
        }

        var index = "\"\\/bfnrt".IndexOf(code);
        if (index >= 0)
        {
            text.Append("\"\\/\b\f\n\r\t"[index]);
            scanner.At++;
            return true;
        }

        if (!scanner.IsAtEnd && code is not ('\n' or '\r'))
            scanner.At++;
        scanner.Report(start, scanner.At, "A backslash stands before one of \" \\ / b f n r t, or u and four hexadecimal digits");
        return false;
    }

    private static char? HexadecimalUnit(JsonScanner scanner, int at)
    {
        var unit = 0;
        for (var i = at; i < at + 4; i++)
        {
            if (scanner.CharacterAt(i) is not ((>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
                return null;
            unit = (unit << 4) | int.Parse(scanner.Text.Substring(i, 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        }

        return (char)unit;
    }
}
