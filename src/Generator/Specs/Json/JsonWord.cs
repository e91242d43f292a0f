namespace ModelGen.Specs.Json;

/// <summary>Reads what stands without quotes: <c>true</c>, <c>false</c>, <c>null</c>, or words that should have them.</summary>
internal static class JsonWord
{
    public static JsonNode Read(JsonScanner scanner)
    {
        var start = scanner.At;
        scanner.At = scanner.TokenEnd(start);
        var word = scanner.Text.Substring(start, scanner.At - start);
        if (word is "true" or "false")
            return new JsonNode(JsonKind.Flag, JsonScanner.SpanOf(start, scanner.At)) { Flag = word == "true" };
        if (word == "null")
            return new JsonNode(JsonKind.Null, JsonScanner.SpanOf(start, scanner.At));

        word = ReadRest(scanner, start, isName: false);
        scanner.Report(start, scanner.At, $"'{SpecValue.Shorten(word)}' is not a JSON value; a text stands in double quotes");
        return new JsonNode(JsonKind.Missing, JsonScanner.SpanOf(start, scanner.At)) { Text = word };
    }

    /// <summary>A property's name without quotes; the caller has said so.</summary>
    public static JsonNode ReadName(JsonScanner scanner)
    {
        var start = scanner.At;
        var word = ReadRest(scanner, start, isName: true);
        return new JsonNode(JsonKind.Text, JsonScanner.SpanOf(start, scanner.At)) { Text = word };
    }

    // Words with blanks between them are one text without quotes, and a quote right behind it is the one that is there of two.
    private static string ReadRest(JsonScanner scanner, int start, bool isName)
    {
        var end = scanner.TokenEnd(start);
        for (var next = AfterBlanks(scanner, end); scanner.IsWordPart(next); next = AfterBlanks(scanner, end))
        {
            var wordEnd = scanner.TokenEnd(next);
            if (!isName && scanner.CharacterAt(AfterBlanks(scanner, wordEnd)) == ':')
                break;
            end = wordEnd;
        }

        scanner.At = end;
        scanner.Take('"');
        return scanner.Text.Substring(start, end - start);
    }

    private static int AfterBlanks(JsonScanner scanner, int at)
    {
        while (scanner.CharacterAt(at) is ' ' or '\t')
            at++;
        return at;
    }
}
