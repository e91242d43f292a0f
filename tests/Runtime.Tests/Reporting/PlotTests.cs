using ModelGen.Reporting;

namespace ModelGen.Tests.Reporting;

public sealed class PlotTests
{
    [Fact]
    public void A_curve_is_drawn_in_dots_from_point_to_point() =>
        // 4 dots across and 8 down, two for each column.
        Assert.Equal([" ⡜", "⡜"], Plot.Draw([(0, 0), (1, 1)], width: 2, height: 2, unicode: true));

    [Fact]
    public void Without_unicode_it_is_drawn_in_stars() =>
        Assert.Equal(["  *", " *", "*"], Plot.Draw([(0, 0), (1, 1)], width: 3, height: 3, unicode: false));

    [Fact]
    public void What_lies_outside_is_drawn_at_the_edge() =>
        Assert.Equal(["  *", "  *", "***"], Plot.Draw([(0, -5), (0.5, 0), (1, 0), (1, 7)], width: 3, height: 3, unicode: false));

    [Fact]
    public void A_single_point_is_a_dot() => Assert.Equal(["", "*"], Plot.Draw([(0, 0)], width: 5, height: 2, unicode: false));
}
