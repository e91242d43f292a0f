using ModelGen.CommandLine;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

/// <summary>Where the images of a run live.</summary>
public sealed class ResidentOptionTests
{
    private const long TwoGiB = 2_147_483_648;

    [Theory]
    [InlineData(Residence.Auto, true, TwoGiB, true)]
    [InlineData(Residence.Auto, true, TwoGiB + 1, false)]
    [InlineData(Residence.Auto, false, 1, false)]
    [InlineData(Residence.On, true, TwoGiB + 1, true)]
    [InlineData(Residence.On, false, 1, true)]
    [InlineData(Residence.Off, true, 1, false)]
    public void Auto_is_on_for_small_sets_on_cuda(Residence resident, bool onCuda, long bytes, bool resides) =>
        Assert.Equal(resides, ResidentOption.Resides(new TestOptions { Resident = resident }, bytes, onCuda));

    [Fact]
    public void Auto_stays_with_the_host_in_a_network_that_augments() =>
        Assert.False(ResidentOption.Resides(new AugmentedOptions(), bytes: 1, onCuda: true));

    [Fact]
    public void A_network_that_augments_refuses_on_before_anything_is_read()
    {
        var settings = new TrainingSettings(new AugmentedOptions());
        var resident = settings.Train.Single(setting => setting.Name == "resident");

        Assert.Null(resident.Apply(new AugmentedOptions(), "on"));
        Assert.Equal(Residence.Off, resident.Apply(new AugmentedOptions(), "off")!.Resident);
        Assert.Equal("auto or off (augmented images and rows are prepared on the host)", resident.Takes);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TrainingSettings.Check(new AugmentedOptions { Resident = Residence.On }));
        Assert.StartsWith("Resident is on, but takes auto or off (augmented images and rows are prepared on the host).", error.Message);
    }

    [Fact]
    public void A_value_that_is_none_is_refused()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TrainingSettings.Check(new TestOptions { Resident = (Residence)7 }));

        Assert.StartsWith("Resident is 7, but takes auto, on or off.", error.Message);
    }

    [Fact]
    public void It_is_recorded_and_taken_from_a_record()
    {
        var settings = new TrainingSettings(new TestOptions());

        Assert.Equal("on", settings.Record(new TestOptions { Resident = Residence.On })["resident"]);
        Assert.Equal(Residence.On, settings.Recorded(new Dictionary<string, string> { ["resident"] = "on" }, "run.json").Resident);
    }
}
