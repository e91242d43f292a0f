using ModelGen.Reporting;

namespace ModelGen.Tests.Reporting;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0.5, "0.50")]
    [InlineData(9.994, "9.99")]
    [InlineData(9.996, "10.0")]
    [InlineData(99.96, "100")]
    [InlineData(999.4, "999")]
    [InlineData(999.6, "1.00k")]
    [InlineData(18_412, "18.4k")]
    [InlineData(999_600, "1.00M")]
    [InlineData(2.5e9, "2.50G")]
    public void A_rate_has_three_digits(double perSecond, string expected) => Assert.Equal(expected, Quantity.Rate(perSecond));

    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "x0")]
    [InlineData(10, "x0, x1, x2, x3, x4, x5, x6, x7, x8, x9")]
    [InlineData(2_011, "x0, x1, x2, x3, x4, x5, x6, x7, x8, x9 and 2,001 more")]
    public void Of_many_things_the_first_ten_are_listed_and_the_others_counted(int count, string expected) =>
        Assert.Equal(expected, Quantity.Listed(Enumerable.Range(0, count).Select(i => $"x{i}")));

    [Theory]
    [InlineData(0, "00:00")]
    [InlineData(0.5, "00:01")]
    [InlineData(59.6, "01:00")]
    [InlineData(3599.4, "59:59")]
    [InlineData(3599.6, "1:00:00")]
    [InlineData(360_000, "100:00:00")]
    public void A_time_is_rounded_to_seconds(double seconds, string expected) => Assert.Equal(expected, Quantity.Clock(TimeSpan.FromSeconds(seconds)));
}
