using System;
using System.Collections.Generic;
using System.Globalization;

namespace ModelGen.Specs.Json;

/// <summary>A text, how far it has been read, and the mistakes found so far. It knows white space, comments and where a token ends.</summary>
internal sealed class JsonScanner
{
    /// <summary>More are not collected: whoever has so many starts with the first.</summary>
    public const int MaxMistakes = 20;

    private readonly List<JsonMistake> _mistakes = [];

    // What is found before this place follows from the last mistake, and is not said.
    private int _explained;

    public JsonScanner(string text)
    {
        Text = text;
        // A byte order mark is no part of the text.
        At = text.StartsWith("\uFEFF", StringComparison.Ordinal) ? 1 : 0;
    }

    public string Text { get; }

    public IReadOnlyList<JsonMistake> Mistakes => _mistakes;

    public int At { get; set; }

    public bool IsAtEnd => At == Text.Length;

    /// <summary>The next character; '\0' also at the end.</summary>
    public char Next => CharacterAt(At);

    /// <summary>Whether the next characters belong to nothing that JSON has.</summary>
    public bool IsAtNoise => IsNoise(At);

    public char CharacterAt(int at) => at < Text.Length ? Text[at] : '\0';

    public bool Take(char character)
    {
        if (IsAtEnd || Next != character)
            return false;
        At++;
        return true;
    }

    public void SkipSpace()
    {
        At = AfterSpace(At);
        if (!StandsAt("/*", At))
            return;
        Report(At, At + 2, "This comment has no closing */");
        Stop();
    }

    /// <summary>The first place from <paramref name="at"/> on that is no white space and no comment; a comment without an end is none.</summary>
    public int AfterSpace(int at)
    {
        while (at < Text.Length)
        {
            if (Text[at] is ' ' or '\t' or '\n' or '\r')
                at++;
            else if (StandsAt("//", at))
                at = LineEnd(at);
            else if (StandsAt("/*", at) && Text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end)
                at = end + 2;
            else
                break;
        }

        return at;
    }

    public bool IsBeforeColon(int at) => CharacterAt(AfterSpace(at)) == ':';

    public int LineEnd(int at)
    {
        var end = Text.IndexOfAny(['\n', '\r'], at);
        return end < 0 ? Text.Length : end;
    }

    /// <summary>The end of the word, the number or the noise at a place; a single character otherwise.</summary>
    public int TokenEnd(int at)
    {
        // Whoever writes # means a comment.
        if (CharacterAt(at) == '#')
            return LineEnd(at);
        var end = at + 1;
        if (IsWordPart(at))
        {
            while (IsWordPart(end))
                end++;
        }
        else if (IsNoise(at))
        {
            while (IsNoise(end) && Text[end] is not ('/' or ':' or '#'))
                end++;
        }

        return end;
    }

    /// <summary>Whether a word or a number, right or wrong, has the character at a place.</summary>
    public bool IsWordPart(int at) => at < Text.Length && (char.IsLetterOrDigit(Text[at]) || Text[at] is '_' or '$' or '-' or '+' or '.');

    /// <summary>Ends the reading: nothing more is found.</summary>
    public void Stop()
    {
        At = Text.Length;
        _explained = int.MaxValue;
    }

    /// <summary>The next token has no other place than here.</summary>
    /// <param name="expected">What could stand here instead.</param>
    public void Unexpected(string expected)
    {
        if (IsAtEnd)
            Report(At, At, $"The file ends where {expected} should be");
        else if (At >= _explained)
            Report(At, TokenEnd(At), $"{Quote(Text.Substring(At, TokenEnd(At) - At))} stands where {expected} should be");
    }

    /// <summary>Skips what is reported already. It may have stood for anything, so the token behind it is not held against anyone.</summary>
    public void SkipNoise()
    {
        At = TokenEnd(At);
        ExplainNext();
    }

    public void ExplainNext()
    {
        SkipSpace();
        _explained = Math.Max(_explained, At + 1);
    }

    public void Report(int start, int end, string message)
    {
        if (start < _explained)
            return;
        if (_mistakes.Count < MaxMistakes)
            _mistakes.Add(new JsonMistake(message, SpanOf(start, end)));
        _explained = Math.Max(end, start + 1);
    }

    public static SourceSpan SpanOf(int start, int end) => new(start, end - start);

    private bool IsNoise(int at) =>
        at < Text.Length && !IsWordPart(at) && Text[at] is not (' ' or '\t' or '\n' or '\r' or '{' or '}' or '[' or ']' or ',' or '"' or '\'');

    private bool StandsAt(string what, int at) => string.CompareOrdinal(Text, at, what, 0, what.Length) == 0;

    // What can't be seen is shown by its number.
    private static string Quote(string token) => CharUnicodeInfo.GetUnicodeCategory(token, 0)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        ? "U+" + ((int)token[0]).ToString("X4", CultureInfo.InvariantCulture)
        : $"'{SpecValue.Shorten(token)}'";
}
