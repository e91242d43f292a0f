using System.Globalization;

namespace ModelGen.Emit;

/// <summary>The one place where a value becomes C# text, the same on every machine and in every culture.</summary>
internal static class CSharpLiteral
{
    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>With thousands apart, for constants that people read: <c>29_834</c>.</summary>
    public static string Grouped(long value) => Counted(value).Replace(',', '_');

    /// <summary>For people, in comments and tables: <c>29,834</c>.</summary>
    public static string Counted(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads back as the same double, and as a double: <c>0.01</c>, <c>1.0</c>, <c>1E-05</c>.</summary>
    public static string Of(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text;
    }
}
