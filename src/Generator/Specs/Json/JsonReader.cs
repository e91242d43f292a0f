using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace ModelGen.Specs.Json;

/// <summary>
/// Reads JSON (RFC 8259) with <c>//</c> and <c>/* */</c> comments and trailing commas, and keeps where every value and name stands, which no
/// library at hand does. It stops at the first mistake, and says what it expected there.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>Deeper nesting is a mistake, and would cost stack.</summary>
    public const int MaxDepth = 32;

    private readonly string _text;
    private readonly int[] _lineStarts;
    private int _at;

    private JsonReader(string text)
    {
        _text = text;
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                starts.Add(i + 1);
        }

        _lineStarts = [.. starts];
    }

    /// <summary>The whole text as one value; or null, with the first mistake and its place.</summary>
    public static JsonNode? Read(string text, out string error, out SourceSpan errorSpan)
    {
        var reader = new JsonReader(text);
        try
        {
            // A byte order mark is no part of the text.
            reader._at = text.StartsWith("\uFEFF", StringComparison.Ordinal) ? 1 : 0;
            var node = reader.ReadValue(depth: 0);
            reader.SkipSpace();
            if (reader._at < text.Length)
                throw reader.Unexpected("the end of the file");
            (error, errorSpan) = ("", default);
            return node;
        }
        catch (SyntaxException mistake)
        {
            (error, errorSpan) = (mistake.Message, mistake.Span);
            return null;
        }
    }

    private JsonNode ReadValue(int depth)
    {
        SkipSpace();
        if (depth > MaxDepth)
            throw Mistake(_at, 1, $"The nesting is deeper than {MaxDepth} levels");
        if (_at == _text.Length)
            throw Unexpected("a value");
        return _text[_at] switch
        {
            '{' => ReadObject(depth),
            '[' => ReadList(depth),
            '"' => ReadText(),
            '\'' => throw Mistake(_at, 1, "A text stands in double quotes, not in single ones"),
            '-' or (>= '0' and <= '9') => ReadNumber(),
            _ => ReadWord(),
        };
    }

    private JsonNode ReadObject(int depth)
    {
        var start = _at++;
        var properties = new List<JsonProperty>();
        while (true)
        {
            SkipSpace();
            if (Take('}'))
                return new JsonNode(JsonKind.Object, Span(start)) { Properties = properties };
            if (properties.Count > 0)
                Expect(',', "',' or '}'");
            SkipSpace();
            if (Take('}'))
                return new JsonNode(JsonKind.Object, Span(start)) { Properties = properties };
            if (_at == _text.Length || _text[_at] != '"')
                throw Unexpected("a property name in double quotes");
            var name = ReadText();
            SkipSpace();
            Expect(':', "':' behind the property's name");
            properties.Add(new JsonProperty(name.Text, name.Span, ReadValue(depth + 1)));
        }
    }

    private JsonNode ReadList(int depth)
    {
        var start = _at++;
        var items = new List<JsonNode>();
        while (true)
        {
            SkipSpace();
            if (Take(']'))
                return new JsonNode(JsonKind.List, Span(start)) { Items = items };
            if (items.Count > 0)
                Expect(',', "',' or ']'");
            SkipSpace();
            if (Take(']'))
                return new JsonNode(JsonKind.List, Span(start)) { Items = items };
            items.Add(ReadValue(depth + 1));
        }
    }

    private JsonNode ReadText()
    {
        var start = _at++;
        var text = new StringBuilder();
        while (true)
        {
            if (_at == _text.Length || _text[_at] is '\n' or '\r')
                throw Mistake(start, _at - start, "This text has no closing quote");
            var character = _text[_at++];
            if (character == '"')
                return new JsonNode(JsonKind.Text, Span(start)) { Text = text.ToString() };
            if (character < ' ')
                throw Mistake(_at - 1, 1, "A control character must be written as \\u00XX");
            text.Append(character == '\\' ? ReadEscape() : character);
        }
    }

    private char ReadEscape()
    {
        var start = _at - 1;
        var code = _at < _text.Length ? _text[_at++] : '\0';
        switch (code)
        {
            case '"' or '\\' or '/': return code;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u' when _at + 4 <= _text.Length && ushort.TryParse(_text.Substring(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                _at += 4;
                return (char)unit;
            default:
                throw Mistake(start, Math.Min(2, _text.Length - start), "A backslash stands before one of \" \\ / b f n r t, or u and four hexadecimal digits");
        }
    }

    private JsonNode ReadNumber()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+' or '.'))
            _at++;
        var number = _text.Substring(start, _at - start);
        if (!IsNumber(number))
            throw Mistake(start, number.Length, $"'{SpecValue.Shorten(number)}' is not a number");
        if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return new JsonNode(JsonKind.Integer, Span(start)) { Integer = integer };
        var real = double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(real))
            throw Mistake(start, number.Length, $"'{SpecValue.Shorten(number)}' is beyond the largest double");
        return new JsonNode(JsonKind.Real, Span(start)) { Real = real };
    }

    /// <summary>RFC 8259's grammar: <c>-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?</c>.</summary>
    private static bool IsNumber(string number)
    {
        var at = number[0] == '-' ? 1 : 0;
        var whole = Digits();
        if (whole == 0 || (whole > 1 && number[at - whole] == '0'))
            return false;
        if (at < number.Length && number[at] == '.')
        {
            at++;
            if (Digits() == 0)
                return false;
        }

        if (at < number.Length && number[at] is 'e' or 'E')
        {
            at++;
            if (at < number.Length && number[at] is '+' or '-')
                at++;
            if (Digits() == 0)
                return false;
        }

        return at == number.Length;

        int Digits()
        {
            var start = at;
            while (at < number.Length && number[at] is >= '0' and <= '9')
                at++;
            return at - start;
        }
    }

    private JsonNode ReadWord()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
            _at++;
        switch (_text.Substring(start, _at - start))
        {
            case "true": return new JsonNode(JsonKind.Flag, Span(start)) { Flag = true };
            case "false": return new JsonNode(JsonKind.Flag, Span(start));
            case "null": return new JsonNode(JsonKind.Null, Span(start));
            case { Length: > 0 } word: throw Mistake(start, word.Length, $"'{SpecValue.Shorten(word)}' is not a JSON value; a text stands in double quotes");
            default: throw Unexpected("a value");
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\n' or '\r')
                _at++;
            else if (string.CompareOrdinal(_text, _at, "//", 0, 2) == 0)
                _at = IndexOrEnd("\n", _at);
            else if (string.CompareOrdinal(_text, _at, "/*", 0, 2) == 0)
                SkipBlockComment();
            else
                return;
        }
    }

    private void SkipBlockComment()
    {
        var start = _at;
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0)
            throw Mistake(start, 2, "This comment has no closing */");
        _at = end + 2;
    }

    private int IndexOrEnd(string what, int from)
    {
        var index = _text.IndexOf(what, from, StringComparison.Ordinal);
        return index < 0 ? _text.Length : index;
    }

    private bool Take(char character)
    {
        if (_at == _text.Length || _text[_at] != character)
            return false;
        _at++;
        return true;
    }

    private void Expect(char character, string what)
    {
        if (!Take(character))
            throw Unexpected(what);
    }

    private SyntaxException Unexpected(string expected) => _at == _text.Length
        ? Mistake(_at, 0, $"The file ends where {expected} should be")
        : Mistake(_at, 1, $"'{_text[_at]}' stands where {expected} should be");

    private SyntaxException Mistake(int start, int length, string message) => new(message, SpanOf(start, start + length));

    private SourceSpan Span(int start) => SpanOf(start, _at);

    private SourceSpan SpanOf(int start, int end)
    {
        var (startLine, startColumn) = Position(start);
        var (endLine, endColumn) = Position(end);
        return new SourceSpan(start, end - start, startLine, startColumn, endLine, endColumn);
    }

    private (int Line, int Column) Position(int offset)
    {
        var line = Array.BinarySearch(_lineStarts, offset);
        if (line < 0)
            line = ~line - 1;
        return (line, offset - _lineStarts[line]);
    }

    private sealed class SyntaxException(string message, SourceSpan span) : Exception(message)
    {
        public SourceSpan Span { get; } = span;
    }
}
