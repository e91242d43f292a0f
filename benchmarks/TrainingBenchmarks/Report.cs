using System.Text.Json;
using System.Text.Json.Serialization;

namespace TrainingBenchmarks;

/// <summary>What is printed and kept of measurements.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Prints a table: a line for each program, with what was measured of it and its speed in relation to another's.</summary>
    /// <param name="unit">The unit of what was measured.</param>
    /// <param name="baseline">The program that the ratios are to.</param>
    /// <param name="lines">The programs.</param>
    public static void Print(string unit, string baseline, IEnumerable<Line> lines)
    {
        Console.WriteLine($"{"",-24}{unit,9}{"q25",9}{"q75",9}{"min",9}{"max",9}   {"ratio",6}{"q25",7}{"q75",7}{"min",7}{"max",7}   (to {baseline})");
        foreach (var (program, value, ratio) in lines)
        {
            Console.Write($"{program,-24}{value.Median,9:F0}{value.Q25,9:F0}{value.Q75,9:F0}{value.Min,9:F0}{value.Max,9:F0}");
            Console.WriteLine($"   {ratio.Median,6:F2}{ratio.Q25,7:F2}{ratio.Q75,7:F2}{ratio.Min,7:F2}{ratio.Max,7:F2}");
        }
    }

    /// <summary>Writes measurements, a JSON object for each, if a file is named.</summary>
    public static void Write<TRow>(string? path, IEnumerable<TRow> rows)
    {
        if (path is not null)
            File.WriteAllText(path, JsonSerializer.Serialize(rows, Json) + "\n");
    }
}

/// <summary>One program in a table.</summary>
/// <param name="Program">Which.</param>
/// <param name="Value">What was measured.</param>
/// <param name="Ratio">Its speed to another program's in the same round.</param>
internal sealed record Line(string Program, Spread Value, Spread Ratio);

/// <summary>One program's training in the file.</summary>
/// <param name="Program">Which.</param>
/// <param name="Batch">Images per step.</param>
/// <param name="Threads">Threads that its libtorch computed with.</param>
/// <param name="Source">Where the images were: <c>memory</c> or <c>jpeg</c>.</param>
/// <param name="Rounds">The rounds that count.</param>
/// <param name="ImagesPerSecond">Over the rounds.</param>
/// <param name="RatioToHandwritten">The median of its ratios to the hand-written loop in the same round, if there is one.</param>
/// <param name="RatioToPytorch">The same to the seed's program in PyTorch.</param>
internal sealed record TrainingRow(
    string Program,
    int Batch,
    int Threads,
    string Source,
    int Rounds,
    Spread ImagesPerSecond,
    double? RatioToHandwritten = null,
    double? RatioToPytorch = null);
