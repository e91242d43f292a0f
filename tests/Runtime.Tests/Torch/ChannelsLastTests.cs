using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class ChannelsLastTests
{
    public ChannelsLastTests() => LibTorch.Configure(1, 1);

    [Fact]
    public void The_numbers_stay_and_the_channels_of_a_pixel_stand_side_by_side()
    {
        using var images = rand(2, 3, 4, 5);

        using var changed = ChannelsLast.Of(images);

        Assert.True(images.equal(changed).all().item<bool>());
        Assert.Equal([3 * 4 * 5, 1, 3 * 5, 3], changed.stride());
    }

    [Fact]
    public void What_has_the_order_is_not_copied()
    {
        using var changed = ChannelsLast.Of(rand(2, 3, 4, 5));

        using var again = ChannelsLast.Of(changed);

        again.zero_();
        Assert.Equal(0, changed.abs().max().item<float>());
    }

    [Fact]
    public void Gradients_flow_through_it()
    {
        using var images = rand(2, 3, 4, 5, requires_grad: true);
        using var weights = rand(2, 3, 4, 5);

        ChannelsLast.Of(images).mul(weights).sum().backward();

        Assert.True(images.grad!.equal(weights).all().item<bool>());
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var images = rand(2, 3, 4, 5);
        var before = LiveTensors.Settled();

        ChannelsLast.Of(images).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }
}
