using System.Globalization;
using ModelGen.Training.Metrics;

namespace ModelGen.Reporting.Report;

/// <summary>Numbers as the report shows them, the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>A share with two decimals, <c>98.10%</c>: of ten thousand test images, one is seen.</summary>
    public static string Percent(double share) => (share * 100).ToString("F2", CultureInfo.InvariantCulture) + "%";

    /// <summary>What was measured: a share as a percentage.</summary>
    public static string Measured(Measure measure, double value) => measure.IsShare ? Percent(value) : Quantity.Score(value);

    /// <summary>A number to four digits: <c>0.06112</c>, <c>1234</c>, <c>2e-5</c>.</summary>
    public static string Short(double value) =>
        value.ToString(value == 0 || Math.Abs(value) is >= 1e-4 and < 1e4 ? "G4" : "0.###e0", CultureInfo.InvariantCulture);
}
