using ModelGen.Reporting;
using ModelGen.Tool;

namespace ModelGen.Tests;

/// <summary>The command modelgen as it would be typed, in this process.</summary>
internal sealed record Command(int ExitCode, string Out, string Error)
{
    public static Command Run(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = ToolProgram.Run(args, new Terminal(output, error, interactive: false, () => 120, unicode: true), trace: false);
        return new Command(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The same where all must go well; what it printed.</summary>
    public static string Succeed(params string[] args)
    {
        var command = Run(args);
        Assert.True(command is { ExitCode: 0, Error: "" }, command.Error + command.Out);
        return command.Out;
    }
}
