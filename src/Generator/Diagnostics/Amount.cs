using System.Globalization;

namespace ModelGen.Diagnostics;

/// <summary>How many there are of something, as a message says it.</summary>
internal static class Amount
{
    /// <param name="number">How many.</param>
    /// <param name="things">What there is, in the plural: <c>layers</c>.</param>
    public static string Of(long number, string things) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {things}";
}
