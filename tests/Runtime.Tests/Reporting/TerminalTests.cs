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
}
