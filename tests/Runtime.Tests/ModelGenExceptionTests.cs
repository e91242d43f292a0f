namespace ModelGen.Tests;

public sealed class ModelGenExceptionTests
{
    [Fact]
    public void A_name_from_a_file_reaches_no_terminal_as_a_control_code() =>
        Assert.Equal("The tensor '?[2J?' is unexpected.", new ModelGenException("The tensor '\u001b[2J\n' is unexpected.").Message);

    [Fact]
    public void An_endless_name_is_cut() => Assert.InRange(new ModelGenException(new string('x', 1_000_000)).Message.Length, 1000, 2100);
}
