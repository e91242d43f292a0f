using ModelGen.CommandLine;
using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Torch;
using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>What only a CUDA device can show.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class CudaTests
{
    private static readonly Device Gpu = new(DeviceType.CUDA, 0);

    [CudaFact]
    public void Batches_from_the_host_are_whole_however_far_the_device_is_behind()
    {
        var pixels = new byte[512 * 3 * 16 * 16];
        new Random(1).NextBytes(pixels);
        var images = new ImageSet(new ImageShape(3, 16, 16), pixels, new int[512], ["a"]);
        using var batches = new ImageBatches(images, new TestOptions { BatchSize = 8, Resident = Residence.Off }, Gpu);
        var busy = rand(4096, 4096, device: Gpu);

        // The products keep the device busy, so that no copy is done when the next batches are filled: pinned memory used again too early would show.
        var read = batches.Read(SampleOrder.Sequential(512)).Select(batch =>
        {
            using var product = busy.matmul(busy);
            batch.Labels.Dispose();
            return batch.Pixels;
        }).ToArray();

        Assert.Equal(pixels, read.SelectMany(batch => batch.cpu().data<byte>().ToArray()));
    }

    [CudaFact]
    public void A_batch_that_does_not_fit_is_out_of_memory_with_the_devices_numbers()
    {
        var error = Assert.ThrowsAny<Exception>(() => empty([1L << 50], ScalarType.Byte, Gpu));

        Assert.True(Failure.IsOutOfMemory(error));
        Assert.NotNull(DeviceMemory.Read(error.Message));
    }

    [CudaFact]
    public void Under_autocast_products_are_bfloat16()
    {
        using var layer = nn.Linear(64, 64).to(Gpu);
        using var input = rand(64, 64, device: Gpu);

        using var output = new Autocast(layer, Gpu).Call(input);
        using var exact = layer.call(input);

        using var difference = (output - exact).abs().max();
        Assert.InRange(difference.item<float>(), 1e-6f, 0.05f);
        Assert.False(Autocast.IsEnabled(DeviceType.CUDA));
    }
}
