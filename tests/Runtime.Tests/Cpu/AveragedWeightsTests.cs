using ModelGen.Cpu;

namespace ModelGen.Tests.Cpu;

public sealed class AveragedWeightsTests
{
    private readonly Parameter _weight = new("fc1.weight", [2]);
    private readonly AveragedWeights _averages;

    public AveragedWeightsTests()
    {
        Set(1, 2);
        _averages = new AveragedWeights([_weight], decay: 0.75);
    }

    [Fact]
    public void It_starts_from_the_weights_as_they_are() => Assert.Equal([1, 2], Mean);

    [Fact]
    public void Each_update_moves_it_towards_the_weights()
    {
        Set(5, -2);
        _averages.Update();
        Set(1, 0);
        _averages.Update();

        Assert.Equal([(0.75f * 2) + (0.25f * 1), (0.75f * 1) + (0.25f * 0)], Mean);
    }

    [Fact]
    public void Swapped_in_the_network_has_the_means_and_then_its_weights_again()
    {
        Set(5, -2);
        _averages.Update();

        using (_averages.SwapIn())
            Assert.Equal([2, 1], _weight.Values);

        Assert.Equal([5, -2], _weight.Values);
        Assert.Equal([2, 1], Mean);
    }

    [Fact]
    public void Swapped_out_twice_it_stays_out()
    {
        Set(5, -2);
        var scope = _averages.SwapIn();
        scope.Dispose();
        scope.Dispose();

        Assert.Equal([5, -2], _weight.Values);
    }

    [Fact]
    public void It_is_not_swapped_in_twice()
    {
        using var scope = _averages.SwapIn();

        Assert.Throws<InvalidOperationException>(() => _averages.SwapIn());
    }

    [Fact]
    public void Its_state_has_the_parameters_keys() => Assert.Equal(["fc1.weight"], _averages.State.Select(state => state.Name));

    private float[] Mean => _averages.State.Single().Values;

    private void Set(float first, float second) => (_weight.Values[0], _weight.Values[1]) = (first, second);
}
