using System.Diagnostics;

/// <summary>A program that a script of this folder runs.</summary>
internal static class Command
{
    /// <summary>What it writes. One that fails ends the script.</summary>
    public static string Run(string program, params string[] arguments) => RunTo(0, program, arguments);

    /// <summary>The same of one that is to end with another exit code.</summary>
    public static string RunTo(int exitCode, string program, params string[] arguments)
    {
        var (ended, output, error) = Try(program, arguments);
        return ended == exitCode ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}{output}");
    }

    /// <summary>The same of one that may fail.</summary>
    public static (int ExitCode, string Output, string Error) Try(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
