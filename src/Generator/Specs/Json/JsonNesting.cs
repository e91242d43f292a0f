using System.Collections.Generic;

namespace ModelGen.Specs.Json;

/// <summary>What a closing bracket of the wrong kind was most likely meant to be.</summary>
internal enum WrongBracket
{
    /// <summary>The right one, mistyped.</summary>
    Mistyped,

    /// <summary>The end of something around, where the right one is missing.</summary>
    EndOfOuter,

    /// <summary>Nothing: there is one too many.</summary>
    Stray,
}

/// <summary>The brackets that are open at a place of the text.</summary>
internal sealed class JsonNesting(JsonScanner scanner)
{
    private const char None = '\0';

    private readonly List<JsonBracket> _open = [];

    /// <summary>Whether the text ended inside a bracket: what was open may lack anything.</summary>
    public bool IsCut { get; private set; }

    /// <summary>Whether a bracket was wrong: one too few or too many at the end is then the same mistake.</summary>
    public bool IsUnbalanced { get; set; }

    public int Depth => _open.Count;

    /// <summary>The bracket around the innermost one; null for the root's.</summary>
    public JsonBracket? Outer => _open.Count > 1 ? _open[_open.Count - 2] : null;

    public JsonBracket Open()
    {
        var bracket = new JsonBracket(scanner.Text[scanner.At++]);
        _open.Add(bracket);
        return bracket;
    }

    public void Close() => _open.RemoveAt(_open.Count - 1);

    /// <summary>Moves to the next item of the innermost bracket; false where the bracket ends.</summary>
    public bool HasItem(JsonBracket bracket)
    {
        while (true)
        {
            scanner.SkipSpace();
            if (scanner.IsAtEnd)
            {
                IsCut = true;
                if (!IsUnbalanced)
                    scanner.Unexpected($"'{bracket.Closing}'");
                bracket.HandTo(Outer);
                return false;
            }

            if (scanner.Take(bracket.Closing))
            {
                if (!GoesOnBehindRoot())
                    return false;
                continue;
            }

            if (scanner.Next is '}' or ']')
            {
                if (IsClosedBy(Judge(), bracket))
                    return false;
            }
            else if (scanner.Next == ',')
            {
                ReadComma(bracket);
            }
            else if (bracket.IsCommaDue && scanner.IsAtNoise)
            {
                Unexpected(bracket, bracket.Separator);
                scanner.SkipNoise();
            }
            else
            {
                if (bracket.IsCommaDue)
                    Unexpected(bracket, bracket.Separator);
                return true;
            }
        }
    }

    /// <summary>Whether the comma that comes next has a value behind it that belongs to no other name.</summary>
    public bool IsBeforeValue() => Within(scanner.At) == '[' && scanner.CharacterAt(scanner.AfterSpace(scanner.At + 1)) is not (',' or ']');

    /// <summary>Takes the bracket's form as doubtful, here and at its end.</summary>
    public void Doubt(JsonBracket bracket)
    {
        bracket.IsDoubtful = true;
        IsUnbalanced = true;
    }

    /// <summary>Reports what comes next, unless the bracket's form is doubtful already.</summary>
    public void Unexpected(JsonBracket bracket, string expected)
    {
        if (!bracket.IsDoubtful)
            scanner.Unexpected(expected);
    }

    /// <summary>Whether what comes next goes on behind an item of a list: a comma with a value behind it, or the list's end.</summary>
    public bool IsBehindItem() => scanner.Next is ',' or ']' && Within(scanner.At) == '[';

    // The root's end with more of the root behind it is one bracket too many, here or before.
    private bool GoesOnBehindRoot()
    {
        var at = scanner.AfterSpace(scanner.At);
        if (Depth > 1 || at == scanner.Text.Length || Within(at) != OpeningAt(0))
            return false;
        scanner.At = at;
        _open[0].ForgetBehindGap();
        if (!IsUnbalanced)
            scanner.Unexpected("the end of the file");
        IsUnbalanced = true;
        return true;
    }

    private bool IsClosedBy(WrongBracket wrong, JsonBracket bracket)
    {
        Unexpected(bracket, bracket.Separator);
        IsUnbalanced = true;
        if (wrong == WrongBracket.EndOfOuter)
        {
            bracket.HandTo(Outer);
            return true;
        }

        scanner.At++;
        if (wrong == WrongBracket.Stray)
            bracket.ForgetOwner(new JsonNode(JsonKind.Missing, JsonScanner.SpanOf(scanner.At, scanner.At)));
        return wrong == WrongBracket.Mistyped;
    }

    private void ReadComma(JsonBracket bracket)
    {
        if (bracket.IsCommaDue)
        {
            bracket.IsCommaDue = false;
            scanner.At++;
            return;
        }

        // A row of commas is one mistake.
        Unexpected(bracket, bracket.Item);
        bracket.HasGap = true;
        while (scanner.Take(','))
            scanner.SkipSpace();
    }

    // What stands behind the bracket must go on in what the bracket leaves open.
    private WrongBracket Judge()
    {
        var closing = scanner.Next;
        var outer = _open.FindLastIndex(bracket => bracket.Closing == closing);
        var within = Within(scanner.At + 1);
        if (within == '{' && _open[_open.Count - 1] is { Opening: '{', IsDoubtful: true })
            return WrongBracket.Stray;
        if (within == OpeningAt(_open.Count - 2))
            return WrongBracket.Mistyped;
        if (outer >= 0 && within == OpeningAt(outer - 1))
            return WrongBracket.EndOfOuter;
        return outer < 0 || within == OpeningAt(_open.Count - 1) ? WrongBracket.Stray : WrongBracket.EndOfOuter;
    }

    // The bracket that what stands behind an item belongs in: a property or } in an object, a value or ] in a list, the end in none.
    private char Within(int at)
    {
        at = scanner.AfterSpace(at);
        while (scanner.CharacterAt(at) == ',')
            at = scanner.AfterSpace(at + 1);
        if (at == scanner.Text.Length)
            return None;
        var next = scanner.CharacterAt(at);
        var end = next is '"' or '\'' ? JsonText.End(scanner, at) : scanner.TokenEnd(at);
        return next == '}' || scanner.IsBeforeColon(end) ? '{' : '[';
    }

    private char OpeningAt(int depth) => depth < 0 ? None : _open[depth].Opening;
}
