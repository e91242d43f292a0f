using System.Diagnostics;

namespace ModelGen.Tests;

/// <summary>The dotnet command, as it would be started by hand in a folder.</summary>
internal static class Dotnet
{
    /// <summary>Runs it to its end and returns what it printed.</summary>
    public static (int ExitCode, string Output) Run(string folder, IEnumerable<KeyValuePair<string, string>> environment, params string[] arguments) =>
        Start("dotnet", folder, environment, arguments);

    /// <summary>The same for a program that was built or installed.</summary>
    public static (int ExitCode, string Output) Start(string program, string folder, IEnumerable<KeyValuePair<string, string>> environment, params string[] arguments)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true },
        };

        // What a test runner says of its own SDK is not for another build.
        foreach (var name in process.StartInfo.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            process.StartInfo.Environment.Remove(name);

        // Servers would outlive the build and keep its pipes open, and nobody would see their end.
        process.StartInfo.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        process.StartInfo.Environment["UseSharedCompilation"] = "false";
        process.StartInfo.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        process.StartInfo.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        process.StartInfo.Environment["DOTNET_NOLOGO"] = "1";
        process.StartInfo.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        foreach (var (name, value) in environment)
            process.StartInfo.Environment[name] = value;
        process.Start();

        // Both at once: a process that fills the pipe nobody reads waits for ever.
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + error.GetAwaiter().GetResult()).ReplaceLineEndings("\n").Trim());
    }
}
