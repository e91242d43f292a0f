using System.Diagnostics;

namespace ModelGen.Tests.Reporting.Report;

/// <summary>A browser without a window, when this machine has one.</summary>
internal static class Chromium
{
    private static readonly string? Found = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(_ => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), (name, folder) => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);

    public static bool IsAvailable => Found is not null;

    /// <summary>Loads a file and returns the page as the browser understood it, and what it wrote on its console.</summary>
    public static (string Dom, IReadOnlyList<string> Console) Load(string path)
    {
        using var profile = new TempFolder();
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                Found!,
                ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={profile.Path}", "--enable-logging=stderr", "--dump-dom", new Uri(path).AbsoluteUri])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.Start();
        var log = process.StandardError.ReadToEndAsync();
        var dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (dom, [.. log.GetAwaiter().GetResult().Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
    }
}

/// <summary>A fact that a browser attests; skipped on machines without one.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (!Chromium.IsAvailable)
            Skip = "Needs Chromium ('chromium', 'chromium-browser' or 'google-chrome').";
    }
}
