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
        using var writer = new TerminalWriter(terminal, isKept: true);
        writer.Write("a");
        writer.Write('b');
        writer.WriteLine(12);
        Assert.Equal($"ab12{writer.NewLine}", terminal.ToString());

        foreach (Exception said in (Exception[])[new IOException("Input/output error"), new UnauthorizedAccessException("Access to the path is denied.")])
        {
            using var closed = new TerminalWriter(new ClosedTerminal(said), isKept: false);
            closed.Write("a");
            closed.Write('b');
            closed.WriteLine(12);
            closed.Flush();
        }
    }

    [Fact]
    public void A_file_in_its_place_that_takes_no_more_is_said_to_be_the_output()
    {
        var full = new TerminalWriter(new ClosedTerminal(new IOException("No space left on device")), isKept: true);

        var error = Assert.Throws<ModelGenException>(() => full.Write("a"));
        Assert.Equal("Cannot write to the standard output: No space left on device. Send it to a place that can be written.", error.Message);
    }

    private sealed class ClosedTerminal(Exception error) : StringWriter
    {
        public override void Write(char value) => throw error;

        public override void Write(string? value) => throw error;

        public override void Flush() => throw error;
    }
}
