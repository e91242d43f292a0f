using System.Globalization;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>Each schedule has the values of PyTorch's: Schedules/golden.txt holds them for 60 steps, and make_golden.py how.</summary>
public sealed class SchedulesTests
{
    private static readonly Dictionary<string, LearningRateSchedule> Schedules = new(StringComparer.Ordinal)
    {
        ["step"] = new StepSchedule(steps: 20, gamma: 0.1),
        ["multi_step"] = new MultiStepSchedule([15, 40, 55], gamma: 0.5),
        ["exponential"] = new ExponentialSchedule(steps: 10, gamma: 0.9),
        ["cosine"] = new CosineSchedule(steps: 60, minFactor: 0.05),
        ["restarts"] = new CosineRestartsSchedule(steps: 7),
        ["longer restarts"] = new CosineRestartsSchedule(steps: 8, restartFactor: 2, minFactor: 0.1),
        ["one_cycle"] = new OneCycleSchedule(steps: 60),
        ["one_cycle settings"] = new OneCycleSchedule(steps: 60, pctStart: 0.23, divFactor: 10, finalDivFactor: 100),
        ["polynomial"] = new PolynomialSchedule(steps: 60),
        ["polynomial power"] = new PolynomialSchedule(steps: 45, power: 2),
        ["warm-up"] = new WarmUp(steps: 12, startFactor: 0.01, new ConstantSchedule()),
        ["warm-up step"] = new WarmUp(steps: 12, startFactor: 0.01, new StepSchedule(steps: 20, gamma: 0.1)),
        ["warm-up cosine"] = new WarmUp(steps: 12, startFactor: 0.01, new CosineSchedule(steps: 48)),
    };

    private static readonly Dictionary<string, double[]> Golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Training", "Schedules", "golden.txt"))
        .Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal);

    public static TheoryData<string> Names { get; } = [.. Schedules.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Its_values_are_PyTorchs_at_every_step(string name) =>
        Assert.All(Golden[name].Index(), expected => Assert.InRange(Math.Abs(Schedules[name].Factor(expected.Index) - expected.Item), 0, 1e-12));

    [Fact]
    public void PyTorch_was_asked_about_every_one() => Assert.Equal(Golden.Keys, Schedules.Keys);

    [Theory, MemberData(nameof(Names))]
    public void Behind_its_end_it_is_still_a_factor(string name) => Assert.InRange(Schedules[name].Factor(1_000_000), 0, 1);

    [Theory]
    [InlineData("cosine", 0.05)]
    [InlineData("one_cycle", 1 / 25.0 / 1e4)]
    [InlineData("polynomial", 0)]
    public void Behind_its_end_it_stays_at_its_last_value(string name, double last)
    {
        Assert.Equal(last, Schedules[name].Factor(60), 1e-12);
        Assert.Equal(last, Schedules[name].Factor(1_000), 1e-12);
    }

    [Fact]
    public void Without_steps_it_is_at_its_end() => Assert.Equal(
        [0.5, 0, 1, 1, 1, 1],
        new LearningRateSchedule[]
        {
            new CosineSchedule(0, 0.5), new PolynomialSchedule(0), new StepSchedule(0, 1), new CosineRestartsSchedule(0), new ExponentialSchedule(0, 1),
            new WarmUp(0, 0.01, new ConstantSchedule()),
        }.Select(schedule => schedule.Factor(0)));

    [Fact]
    public void A_time_that_is_never_over_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new CosineRestartsSchedule(2, restartFactor: 0));

    [Theory]
    [InlineData(1, 10, 10)]
    [InlineData(0.5, 7, 4)]
    [InlineData(0.1, 3, 0)]
    [InlineData(-1, 10, 0)]
    [InlineData(2.5, 1_719, 4_298)]
    public void Epochs_become_the_nearest_number_of_steps(double epochs, long stepsPerEpoch, long steps) =>
        Assert.Equal(steps, LearningRateSchedule.Steps(epochs, stepsPerEpoch));
}
