using System.Globalization;
using ModelGen.Collections;

namespace ModelGen.Specs.Json;

/// <summary>Reads a number: <c>-? (0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?</c>, as RFC 8259 has it.</summary>
internal static class JsonNumber
{
    /// <summary>Whether a character begins a number, right or wrong.</summary>
    public static bool Begins(char character) => character is (>= '0' and <= '9') or '-' or '+' or '.';

    public static JsonNode Read(JsonScanner scanner)
    {
        var start = scanner.At;
        scanner.At = scanner.TokenEnd(start);
        var span = JsonScanner.SpanOf(start, scanner.At);
        var number = TextBuffer.Part(scanner.Text, start, scanner.At - start);
        if (!IsNumber(number))
            scanner.Report(start, scanner.At, $"'{SpecValue.Shorten(number)}' is not a number");
        else if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
            return new JsonNode(JsonKind.Integer, span) { Integer = integer };
        // Older frameworks refuse what is too large, newer ones make it infinite.
        else if (double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && !double.IsInfinity(real))
            return new JsonNode(JsonKind.Real, span) { Real = real };
        else
            scanner.Report(start, scanner.At, $"'{SpecValue.Shorten(number)}' is beyond the largest double");
        return new JsonNode(JsonKind.Missing, span);
    }

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
}
