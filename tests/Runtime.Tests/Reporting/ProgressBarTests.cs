using ModelGen.Reporting;

namespace ModelGen.Tests.Reporting;

public sealed class ProgressBarTests
{
    [Theory]
    [InlineData(0, "    ")]
    [InlineData(1, "▏   ")]
    [InlineData(2, "▎   ")]
    [InlineData(3, "▍   ")]
    [InlineData(4, "▌   ")]
    [InlineData(5, "▋   ")]
    [InlineData(6, "▊   ")]
    [InlineData(7, "▉   ")]
    [InlineData(8, "█   ")]
    [InlineData(31, "███▉")]
    [InlineData(32, "████")]
    public void A_cell_fills_by_eighths(int done, string expected) => Assert.Equal(expected, ProgressBar.Draw(done, 32, 4, unicode: true));

    [Theory]
    [InlineData(0, "    ")]
    [InlineData(15, "#   ")]
    [InlineData(31, "### ")]
    [InlineData(32, "####")]
    public void Without_unicode_cells_fill_one_by_one(int done, string expected) => Assert.Equal(expected, ProgressBar.Draw(done, 32, 4, unicode: false));

    [Fact]
    public void A_bar_is_full_only_when_all_is_done() => Assert.Equal("███▉", ProgressBar.Draw(int.MaxValue - 1, int.MaxValue, 4, unicode: true));
}
