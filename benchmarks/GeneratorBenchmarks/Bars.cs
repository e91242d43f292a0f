using System.Globalization;
using BenchmarkDotNet.Reports;

namespace GeneratorBenchmarks;

/// <summary>What ModelGen may cost above the empty generator, beside what was measured in this run.</summary>
internal static class Bars
{
    private sealed record Bar(string What, double Milliseconds, string Type, int? Models = null, Edit? Edit = null, string? Network = null);

    private static readonly Bar[] All =
    [
        new("cold, 100 JSON models", 8, nameof(ColdBenchmarks), 100),
        new("cold, 1000 JSON models", 80, nameof(ColdBenchmarks), 1000),
        new("cold, 250 layers", 3, nameof(DeepBenchmarks), Network: "Chain250"),
        new("cold, ResNet-152", 5, nameof(DeepBenchmarks), Network: "ResNet152"),
        new("unrelated edit, 1000 JSON models", 0.1, nameof(EditBenchmarks), 1000, Edit.UnrelatedCode),
        new("edit of one of 1000 JSON models", 0.5, nameof(EditBenchmarks), 1000, Edit.OneSpec),
    ];

    public static void Print(IEnumerable<BenchmarkReport> reports)
    {
        var measured = reports.Where(report => report.Success).ToArray();
        Console.WriteLine("Medians above the empty generator, in ms: of ModelGen, and of the compiler itself for files of the same names.");
        foreach (var bar in All)
        {
            var (empty, host, own) = (Median(bar, "Empty"), Median(bar, "Host"), Median(bar, "ModelGen"));
            if (empty is not null && host is not null && own is not null)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bar.What,-34} {own - empty,8:F3} ({host - empty,8:F3}), bar {bar.Milliseconds}"));
        }

        double? Median(Bar bar, string method) => measured.FirstOrDefault(report => Matches(report, bar, method))?.ResultStatistics?.Median / 1e6;
    }

    private static bool Matches(BenchmarkReport report, Bar bar, string method)
    {
        var (descriptor, parameters) = (report.BenchmarkCase.Descriptor, report.BenchmarkCase.Parameters);
        return descriptor.Type.Name == bar.Type && descriptor.WorkloadMethod.Name == method
            && (bar.Models is null || (parameters[nameof(ColdBenchmarks.Models)].Equals(bar.Models) && parameters[nameof(ColdBenchmarks.Form)].Equals(Form.Json)))
            && (bar.Network is null || parameters[nameof(DeepBenchmarks.Network)].Equals(bar.Network))
            && (bar.Edit is null || parameters[nameof(EditBenchmarks.Edit)].Equals(bar.Edit));
    }
}
