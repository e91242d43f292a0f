using Spectre.Console;
using Spectre.Console.Rendering;

namespace ModelGen.Reporting;

/// <summary>Where a program's words go, and what can be drawn there. The process's console is touched here and nowhere else.</summary>
/// <param name="output">Receives results and progress.</param>
/// <param name="error">Receives errors.</param>
/// <param name="interactive">Whether somebody watches: a line may be redrawn and a table drawn.</param>
/// <param name="width">Columns, asked each time because a window can be resized.</param>
/// <param name="unicode">Whether block characters arrive as they are.</param>
internal sealed class Terminal(TextWriter output, TextWriter error, bool interactive, Func<int> width, bool unicode)
{
    private const int Utf8CodePage = 65001;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public bool Interactive { get; } = interactive;

    public bool Unicode { get; } = unicode;

    /// <summary>Columns that can be filled: one less than there are, because many terminals wrap after the last.</summary>
    public int Columns => Math.Max(1, width() - 1);

    /// <summary>The process's own console as it is now.</summary>
    public static Terminal OfProcess()
    {
        var profile = AnsiConsole.Profile;
        var watched = profile.Out.IsTerminal && profile.Capabilities.Interactive;
        return new Terminal(
            new TerminalWriter(Console.Out, isKept: Console.IsOutputRedirected),
            // An error that can't be told is still the exit code's.
            new TerminalWriter(Console.Error, isKept: false),
            IsInteractive(watched, Environment.GetEnvironmentVariable("CI")),
            () => profile.Width,
            Console.Out.Encoding.CodePage == Utf8CodePage);
    }

    /// <summary>A build server may lend a terminal, yet keeps a log: with <c>CI=true</c> nothing is redrawn.</summary>
    public static bool IsInteractive(bool watched, string? ci) => watched && ci is not ("true" or "1");

    /// <summary>Writes a table as wide as the terminal allows, without colors.</summary>
    public void Write(IRenderable table)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Out),
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
        });
        console.Profile.Width = Columns;
        console.Profile.Capabilities.Unicode = Unicode;
        console.Write(table);
    }
}
