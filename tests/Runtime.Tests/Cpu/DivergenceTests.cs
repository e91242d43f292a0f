using ModelGen.Cpu;
using ModelGen.Training;

namespace ModelGen.Tests.Cpu;

public sealed class DivergenceTests
{
    private readonly ListedNetwork _network = ListedNetwork.Small();

    [Fact]
    public void A_loss_that_is_a_number_passes() => Divergence.Check(1e30, _network, step: 1);

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void Another_names_the_step_and_the_first_weights_that_are_none(double loss, string words)
    {
        _network.Parameters[^2].Values[3] = float.NaN;
        _network.Parameters[^1].Values[0] = float.PositiveInfinity;

        Assert.Equal(
            $"Training diverged in step 7: the loss is {words}, and the first weights that are not finite are 'fc1.weight'; lower --learning-rate, or look at the data.",
            Assert.Throws<TrainingDivergedException>(() => Divergence.Check(loss, _network, step: 7)).Message);
    }

    [Fact]
    public void All_weights_may_be_numbers() => Assert.Contains(
        "the loss is NaN, and all weights are finite;",
        Assert.Throws<TrainingDivergedException>(() => Divergence.Check(double.NaN, _network, step: 7)).Message,
        StringComparison.Ordinal);
}
