using System.Globalization;

namespace ModelGen.Tests;

/// <summary>How many changed files a reader is tried with: 5,000 in a test run, and with <c>MODELGEN_FUZZ=200000</c> that many.</summary>
internal static class FuzzRuns
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("MODELGEN_FUZZ"), CultureInfo.InvariantCulture, out var asked) ? asked : 5_000;
}
