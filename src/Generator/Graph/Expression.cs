using System;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>
/// A value as a block computes it from its parameters: <c>4 * channels</c>, <c>stride == 2</c>. Whole numbers stay whole, and <c>/</c> of two
/// rounds towards zero; what has a point in it is real. <c>or</c>, <c>and</c>, comparisons, <c>+ -</c>, <c>* / %</c>, <c>not -</c>, in this order.
/// </summary>
internal ref struct Expression
{
    private const int MaxLength = 200;

    private readonly string _text;
    private readonly Bindings _bindings;
    private int _at;
    private int _depth;

    private Expression(string text, Bindings bindings) => (_text, _bindings, _at, _depth) = (text, bindings, 0, 0);

    /// <summary>The value; null where there is none, and <paramref name="objection"/> says why.</summary>
    public static SpecValue? Evaluate(string text, Bindings bindings, out string? objection)
    {
        var expression = new Expression(text, bindings);
        objection = null;
        try
        {
            if (text.Length > MaxLength)
                throw new FormatException($"an expression is at most {MaxLength} characters long");
            var value = expression.Or();
            expression.SkipSpace();
            return expression._at == text.Length ? value : throw new FormatException($"'{text.Substring(expression._at)}' is left over");
        }
        catch (FormatException mistake)
        {
            objection = mistake.Message.EndsWith("?", StringComparison.Ordinal) ? mistake.Message : mistake.Message + ".";
        }
        catch (OverflowException)
        {
            objection = "its value is beyond 64 bits.";
        }
        catch (UnknownValueException)
        {
            return SpecValue.Unreadable;
        }

        return null;
    }

    private SpecValue Or()
    {
        var left = And();
        while (TakeWord("or"))
            left = SpecValue.Of(Flag(left) | Flag(And()));
        return left;
    }

    private SpecValue And()
    {
        var left = Comparison();
        while (TakeWord("and"))
            left = SpecValue.Of(Flag(left) & Flag(Comparison()));
        return left;
    }

    private SpecValue Comparison()
    {
        var left = Sum();
        foreach (var sign in (string[])["==", "!=", "<=", ">=", "<", ">"])
        {
            if (!Take(sign))
                continue;
            var right = Sum();
            if (sign is "==" or "!=")
                return SpecValue.Of(AreEqual(left, right) == (sign == "=="));
            var order = Number(left).CompareTo(Number(right));
            return SpecValue.Of(sign switch { "<=" => order <= 0, ">=" => order >= 0, "<" => order < 0, _ => order > 0 });
        }

        return left;
    }

    private SpecValue Sum()
    {
        var left = Product();
        while (true)
        {
            if (Take("+"))
                left = Calculate(left, Product(), (a, b) => checked(a + b), (a, b) => a + b);
            else if (Take("-"))
                left = Calculate(left, Product(), (a, b) => checked(a - b), (a, b) => a - b);
            else
                return left;
        }
    }

    private SpecValue Product()
    {
        var left = Unary();
        while (true)
        {
            if (Take("*"))
                left = Calculate(left, Unary(), (a, b) => checked(a * b), (a, b) => a * b);
            else if (Take("/"))
                left = Calculate(left, NotZero(Unary()), (a, b) => checked(a / b), (a, b) => a / b);
            else if (Take("%"))
                left = Calculate(left, NotZero(Unary()), (a, b) => b == -1 ? 0 : a % b, (a, b) => a % b);
            else
                return left;
        }
    }

    private SpecValue Unary()
    {
        // Signs and brackets nest; the text's length alone would not keep the stack small.
        if (++_depth > 50)
            throw new FormatException("it is nested too deep");
        var value = Take("-") ? Calculate(SpecValue.Of(0), Unary(), (a, b) => checked(a - b), (a, b) => a - b)
            : TakeWord("not") ? SpecValue.Of(!Flag(Unary()))
            : Primary();
        _depth--;
        return value;
    }

    private SpecValue Primary()
    {
        if (Take("("))
        {
            var value = Or();
            return Take(")") ? value : throw new FormatException("a ')' is missing");
        }

        SkipSpace();
        var start = _at;
        while (_at < _text.Length && (_text[_at] is '.' or '_' || char.IsLetterOrDigit(_text[_at])))
            _at++;
        var word = _text.Substring(start, _at - start);
        if (word.Length == 0)
            throw new FormatException(_at == _text.Length ? "it ends too early" : $"'{_text[_at]}' can't stand there");
        if (long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return SpecValue.Of(whole);
        if (char.IsDigit(word[0]) && double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var real))
            return SpecValue.Of(real);
        return word switch
        {
            "true" => SpecValue.Of(true),
            "false" => SpecValue.Of(false),
            _ => Known(word),
        };
    }

    private SpecValue Known(string word) => _bindings.Find(word) switch
    {
        null => throw new FormatException($"the block has no parameter '{SpecValue.Shorten(word)}'{Meant(word)}"),
        { Kind: SpecValueKind.Unreadable } => throw new UnknownValueException(),
        var value => value,
    };

    private string Meant(string word) => Suggestion.Nearest(word, _bindings.Names) is { } near ? Suggestion.Words(near)
        : _bindings.Names.Any() ? $"; there {(_bindings.Names.Count() == 1 ? "is" : "are")} {string.Join(", ", _bindings.Names.Select(name => $"'{name}'"))}"
        : "";

    // 2 and 2.0 are the same number; of two whole ones every digit counts.
    private static bool AreEqual(SpecValue left, SpecValue right) =>
        left.Kind != right.Kind && left.Kind is SpecValueKind.Integer or SpecValueKind.Real && right.Kind is SpecValueKind.Integer or SpecValueKind.Real
            ? left.Real.Equals(right.Real)
            : left.Equals(right);

    private static SpecValue Calculate(SpecValue left, SpecValue right, Func<long, long, long> whole, Func<double, double, double> real) =>
        left.Kind == SpecValueKind.Integer && right.Kind == SpecValueKind.Integer
            ? SpecValue.Of(whole(left.Integer, right.Integer))
            : SpecValue.Of(real(Number(left), Number(right)));

    private static SpecValue NotZero(SpecValue value) => Number(value) == 0 ? throw new FormatException("it divides by 0") : value;

    private static bool Flag(SpecValue value) => value.Kind == SpecValueKind.Flag ? value.Flag : throw new FormatException($"{value} is neither true nor false");

    private static double Number(SpecValue value) =>
        value.Kind is SpecValueKind.Integer or SpecValueKind.Real ? value.Real : throw new FormatException($"{value} is no number");

    private bool Take(string sign)
    {
        SkipSpace();
        if (string.CompareOrdinal(_text, _at, sign, 0, sign.Length) != 0)
            return false;
        _at += sign.Length;
        return true;
    }

    private bool TakeWord(string word)
    {
        SkipSpace();
        var end = _at + word.Length;
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0 || (end < _text.Length && (_text[end] == '_' || char.IsLetterOrDigit(_text[end]))))
            return false;
        _at = end;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ')
            _at++;
    }

    /// <summary>What the expression depends on is unknown, because of a mistake that was said already.</summary>
    private sealed class UnknownValueException : Exception;
}
