using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace ModelGen.Tool.Doctor;

/// <summary>The SDK that builds, and the runtime that runs.</summary>
internal static class DotnetCheckup
{
    private const int LeastMajor = 10;

    /// <summary>The lines of both.</summary>
    public static IEnumerable<Checkup> Lines()
    {
        yield return Sdk(ListSdks());
        var folder = RuntimeEnvironment.GetRuntimeDirectory().TrimEnd('/', '\\');
        yield return new Checkup(Health.Good, "runtime", $"{RuntimeInformation.FrameworkDescription} for {RuntimeInformation.RuntimeIdentifier} in {folder}");
    }

    /// <summary>The line of the SDK.</summary>
    /// <param name="listed">What <c>dotnet --list-sdks</c> prints, "10.0.100 [/usr/share/dotnet/sdk]" a line; null when there is no dotnet.</param>
    internal static Checkup Sdk(string? listed)
    {
        const string Cure = "install the .NET 10 SDK, or put its folder on PATH.";
        if (listed is null)
            return new Checkup(Health.Bad, "SDK", "there is no dotnet on PATH", Cure);
        var sdks = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var fit = sdks.LastOrDefault(sdk => int.TryParse(sdk.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) && major >= LeastMajor);
        return fit is null
            ? new Checkup(Health.Bad, "SDK", sdks.Length == 0 ? "none" : $"{sdks[^1]}, which is older than ModelGen's compiler", Cure)
            : new Checkup(Health.Good, "SDK", fit);
    }

    private static string? ListSdks()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", ["--list-sdks"]) { RedirectStandardOutput = true })!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            return null; // No such program.
        }
    }
}
