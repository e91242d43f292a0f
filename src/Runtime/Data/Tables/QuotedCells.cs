namespace ModelGen.Data;

/// <summary>
/// What RFC 4180 says of quotes: they stand around a whole value, and one within it is written twice. With others a reader takes all up to the next quote for
/// one value, and rows are lost without a word.
/// </summary>
internal static class QuotedCells
{
    /// <summary>The first value of a row that a quote tears apart or joins with what follows; null if there is none.</summary>
    /// <param name="row">The row as it is written.</param>
    /// <param name="delimiter">What stands between two values.</param>
    /// <returns>The value's place in the row, and how many lines stand before it there.</returns>
    public static (int Column, int Lines)? FirstWrong(ReadOnlySpan<char> row, char delimiter)
    {
        var lines = 0;
        for (var column = 0; row.Contains('"'); column++)
        {
            var rest = Unspaced(row, delimiter);
            if (rest is ['"', ..])
            {
                int quote;
                for (rest = rest[1..]; (quote = rest.IndexOf('"')) >= 0 && rest[(quote + 1)..] is ['"', ..];)
                    rest = rest[(quote + 2)..];
                if (quote < 0)
                    return (column, lines);
                rest = Unspaced(rest[(quote + 1)..], delimiter);
                if (!rest.IsEmpty && rest[0] != delimiter)
                    return (column, lines);
            }
            else
            {
                // The row goes on behind a line's end, and this value behind a delimiter, only where a quote is open.
                var end = rest.IndexOfAny(delimiter, '\n');
                var value = end < 0 ? rest : rest[..end];
                if (int.IsOddInteger(value.Count('"')))
                    return (column, lines);
                rest = rest[value.Length..];
            }

            lines += row[..^rest.Length].Count('\n');
            row = rest.IsEmpty ? rest : rest[1..];
        }

        return null;
    }

    private static ReadOnlySpan<char> Unspaced(ReadOnlySpan<char> text, char delimiter) => delimiter == ' ' ? text : text.TrimStart(' ');
}
