using ModelGen.Reporting;

namespace ModelGen.Tests.Reporting;

public sealed class TerminalTests
{
    [Theory]
    [InlineData(true, null, true)]
    [InlineData(true, "", true)]
    [InlineData(true, "false", true)]
    [InlineData(true, "true", false)]
    [InlineData(true, "1", false)]
    [InlineData(false, null, false)]
    public void A_build_server_or_a_file_is_not_watched(bool watched, string? ci, bool expected) => Assert.Equal(expected, Terminal.IsInteractive(watched, ci));

    [Fact]
    public void What_is_written_to_a_terminal_that_was_closed_goes_nowhere()
    {
        using var terminal = new StringWriter();
        using var writer = new TerminalWriter(terminal);
        writer.Write("a");
        writer.Write('b');
        writer.WriteLine(12);
        Assert.Equal($"ab12{writer.NewLine}", terminal.ToString());

        using var closed = new TerminalWriter(new ClosedTerminal());
        closed.Write("a");
        closed.Write('b');
        closed.WriteLine(12);
        closed.Flush();
    }

    private sealed class ClosedTerminal : StringWriter
    {
        public override void Write(char value) => throw new IOException("Input/output error");

        public override void Write(string? value) => throw new IOException("Input/output error");

        public override void Flush() => throw new IOException("Input/output error");
    }
}
