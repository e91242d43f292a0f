using System.Globalization;
using System.Net;

namespace ModelGen.Reporting.Report;

/// <summary>A piece of a page. What is put into a piece is encoded, unless it is a piece itself: so no name of a class or file can become markup.</summary>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    /// <summary>Nothing.</summary>
    public static Html Empty => default;

    /// <summary>A piece written out, with values in it; numbers are written as in the invariant culture.</summary>
    public static Html Of(FormattableString template) => new(template.ToString(Encoder.Instance));

    /// <summary>Text that is HTML or CSS already, and was written by us.</summary>
    public static Html Raw(string text) => new(text);

    /// <summary>A piece for each item, one behind the other.</summary>
    public static Html ForEach<T>(IEnumerable<T> items, Func<T, Html> piece) => new(string.Concat(items.Select(item => piece(item).ToString())));

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";

    private sealed class Encoder : IFormatProvider, ICustomFormatter
    {
        public static readonly Encoder Instance = new();

        public object? GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

        public string Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
        {
            Html html => html.ToString(),
            IFormattable value => Encode(value.ToString(format, CultureInfo.InvariantCulture)),
            _ => Encode(arg?.ToString() ?? ""),
        };

        // HTML has no way to write a control character.
        private static string Encode(string text) => WebUtility.HtmlEncode(string.Concat(text.Select(c => char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c)));
    }
}
