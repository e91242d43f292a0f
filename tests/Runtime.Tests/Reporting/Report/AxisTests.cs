using CsCheck;
using ModelGen.Reporting.Report;

namespace ModelGen.Tests.Reporting.Report;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0.82, 0.991, "80% 85% 90% 95% 100%")]
    [InlineData(0.9871, 0.9893, "98.7% 98.8% 98.9% 99.0%")]
    [InlineData(0.1, 0.9, "0% 20% 40% 60% 80% 100%")]
    [InlineData(1, 1, "50% 100%")]
    [InlineData(0, 0, "0% 50% 100%")]
    public void Shares_are_percentages_that_end_at_100(double low, double high, string labels) =>
        Assert.Equal(labels.Split(' '), Axis.OfShares(low, high).Ticks.Select(tick => tick.Label));

    [Theory]
    [InlineData(0.1, 2.31, "0 1 2 3")]
    [InlineData(0.3, 0.93, "0 0.5 1.0")]
    [InlineData(0, 1e-5, "0 5e-6 1e-5")]
    [InlineData(-3, 12, "-5 0 5 10 15")]
    [InlineData(0, 0, "0 0.5 1.0")]
    public void Other_values_begin_at_0(double low, double high, string labels) =>
        Assert.Equal(labels.Split(' '), Axis.FromZero(low, high).Ticks.Select(tick => tick.Label));

    [Theory]
    [InlineData(0.012, 1.5, "0.01 0.02 0.05 0.1 0.2 0.5 1 2")]
    [InlineData(0.00002, 40, "1e-5 0.0001 0.001 0.01 0.1 1 10 100")]
    [InlineData(0.5, 2.1, "0 1 2 3")]
    [InlineData(0, 2.1, "0 1 2 3")]
    public void A_loss_that_falls_by_orders_of_magnitude_is_shown_by_them(double low, double high, string labels) =>
        Assert.Equal(labels.Split(' '), Axis.OfMagnitudes(low, high).Ticks.Select(tick => tick.Label));

    [Fact]
    public void An_axis_holds_all_values_and_its_labels_tell_its_few_ticks_apart() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0, 1], Gen.Int[-30, 30], Gen.Int[0, 2]).Sample((start, length, power, kind) =>
        {
            var scale = kind == 0 ? 1 : Math.Pow(10, power);
            var (low, high) = kind == 0 ? (Math.Abs(start) * (1 - length), Math.Abs(start)) : (start * scale, (start + length) * scale);
            var axis = kind == 0 ? Axis.OfShares(low, high) : kind == 1 ? Axis.FromZero(low, high) : Axis.OfMagnitudes(low, high);

            Assert.InRange(axis.Ticks.Count, 2, 12);
            Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(tick => tick.Label).Distinct().Count());
            Assert.Equal(axis.Ticks.Select(tick => tick.Value).Order(), axis.Ticks.Select(tick => tick.Value));
            Assert.All([low, high, .. axis.Ticks.Select(tick => tick.Value)], value => Assert.InRange(axis.Place(value), -1e-6, 1 + 1e-6));
        });

    [Theory]
    [InlineData(1, 20, "5 10 15 20")]
    [InlineData(1, 1, "1")]
    [InlineData(1, 3, "1 2 3")]
    [InlineData(7, 12, "7 8 9 10 11 12")]
    [InlineData(1, 100_000, "20000 40000 60000 80000 100000")]
    public void Epochs_and_steps_are_whole(double first, double last, string ticks) => Assert.Equal(ticks, string.Join(' ', Ticks.Within(first, last, 5)));
}
