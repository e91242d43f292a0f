using ModelGen.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class AveragedWeightsTests : IDisposable
{
    private readonly Parameter _weight;
    private readonly AveragedWeights _averages;

    public AveragedWeightsTests()
    {
        LibTorch.Configure(0, 1);
        _weight = new Parameter(tensor(new[] { 1.0, 2.0 }));
        _averages = new AveragedWeights([("fc1.weight", _weight)], decay: 0.75);
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

        Assert.Equal([(0.75 * 2) + (0.25 * 1), (0.75 * 1) + (0.25 * 0)], Mean);
    }

    [Fact]
    public void Swapped_in_the_network_has_the_means_and_then_its_weights_again()
    {
        Set(5, -2);
        _averages.Update();

        using (_averages.SwapIn())
            Assert.Equal([2, 1], Weights);

        Assert.Equal([5, -2], Weights);
        Assert.Equal([2, 1], Mean);
    }

    [Fact]
    public void Swapped_out_twice_it_stays_out()
    {
        Set(5, -2);
        var scope = _averages.SwapIn();
        scope.Dispose();
        scope.Dispose();

        Assert.Equal([5, -2], Weights);
    }

    [Fact]
    public void It_is_not_swapped_in_twice()
    {
        using var scope = _averages.SwapIn();

        Assert.Throws<InvalidOperationException>(() => _averages.SwapIn());
    }

    [Fact]
    public void Its_state_has_the_parameters_keys() => Assert.Equal(["fc1.weight"], _averages.State.Select(state => state.Name));

    [Fact]
    public void No_tensor_is_left_behind()
    {
        var before = LiveTensors.Settled();

        _averages.Update();
        using (_averages.SwapIn())
        {
        }

        Assert.Equal(before, Tensor.TotalCount);
    }

    public void Dispose()
    {
        _averages.Dispose();
        _weight.Dispose();
    }

    private double[] Mean => _averages.State.Single().Tensor.data<double>().ToArray();

    private double[] Weights => _weight.detach().data<double>().ToArray();

    private void Set(double first, double second)
    {
        using var noGradients = no_grad();
        using var values = tensor(new[] { first, second });
        _weight.copy_(values);
    }
}
