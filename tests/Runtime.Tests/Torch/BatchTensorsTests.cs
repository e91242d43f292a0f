using ModelGen.Data;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class BatchTensorsTests
{
    public BatchTensorsTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Pixels_are_copied_so_the_buffer_can_be_used_again()
    {
        byte[] buffer = [0, 1, 2, 253, 254, 255];

        using var tensor = BatchTensors.Pixels(buffer, new ImageShape(3, 1, 2), CPU);
        Array.Clear(buffer);

        Assert.Equal(ScalarType.Byte, tensor.dtype);
        Assert.Equal([1, 3, 1, 2], tensor.shape);
        Assert.Equal([0, 1, 2, 253, 254, 255], tensor.data<byte>().ToArray());
    }

    [Fact]
    public void Labels_are_copied_so_the_buffer_can_be_used_again()
    {
        long[] buffer = [3, 0, 9];

        using var tensor = BatchTensors.Labels(buffer, CPU);
        Array.Clear(buffer);

        Assert.Equal(ScalarType.Int64, tensor.dtype);
        Assert.Equal([3], tensor.shape);
        Assert.Equal([3, 0, 9], tensor.data<long>().ToArray());
    }

    [Fact]
    public void An_empty_batch_is_an_empty_tensor()
    {
        using var pixels = BatchTensors.Pixels([], new ImageShape(3, 28, 28), CPU);
        using var labels = BatchTensors.Labels([], CPU);

        Assert.Equal([0, 3, 28, 28], pixels.shape);
        Assert.Equal([0], labels.shape);
    }

    [Fact]
    public void A_part_of_an_image_is_a_programming_error_and_leaves_no_tensor()
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        Assert.Throws<ArgumentException>(() => BatchTensors.Pixels(new byte[5], new ImageShape(1, 2, 2), CPU));

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
