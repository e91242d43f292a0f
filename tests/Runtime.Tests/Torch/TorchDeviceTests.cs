using ModelGen.Torch;
using TorchSharp;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class TorchDeviceTests
{
    private const string Install = "build with -p:TorchBackend=cuda and install the NVIDIA driver, or use cpu.";

    public TorchDeviceTests() => LibTorch.EnsureLoaded();

    [Theory]
    [InlineData("auto", 0, DeviceType.CPU, -1)]
    [InlineData("cpu", 0, DeviceType.CPU, -1)]
    [InlineData("cpu", 2, DeviceType.CPU, -1)]
    [InlineData("auto", 1, DeviceType.CUDA, 0)]
    [InlineData("cuda", 2, DeviceType.CUDA, 0)]
    [InlineData("cuda:0", 1, DeviceType.CUDA, 0)]
    [InlineData("cuda:1", 2, DeviceType.CUDA, 1)]
    public void A_name_selects_its_device(string name, int cudaDevices, DeviceType type, int index)
    {
        var device = TorchDevice.Select(name, cudaDevices);

        Assert.Equal(type, device.type);
        Assert.Equal(index, device.index);
    }

    [Theory]
    [InlineData("cuda", 0, "The device 'cuda' needs CUDA, which is not available: " + Install)]
    [InlineData("cuda:1", 0, "The device 'cuda:1' needs CUDA, which is not available: " + Install)]
    [InlineData("cuda:1", 1, "The device 'cuda:1' does not exist: this machine has 1 CUDA device, cuda:0.")]
    [InlineData("cuda:5", 2, "The device 'cuda:5' does not exist: this machine has 2 CUDA devices, cuda:0 to cuda:1.")]
    [InlineData("gpu", 1, "The device 'gpu' is unknown: use auto, cpu, cuda or cuda:N.")]
    [InlineData("CPU", 1, "The device 'CPU' is unknown: use auto, cpu, cuda or cuda:N.")]
    [InlineData("cuda1", 2, "The device 'cuda1' is unknown: use auto, cpu, cuda or cuda:N.")]
    [InlineData("cuda:-1", 2, "The device 'cuda:-1' is unknown: use auto, cpu, cuda or cuda:N.")]
    [InlineData("Automatic", 2, "The device 'Automatic' is unknown: use auto, cpu, cuda or cuda:N.")]
    [InlineData("mps", 0, "The device 'mps' is unknown: use auto, cpu, cuda or cuda:N.")]
    [InlineData("", 0, "The device '' is unknown: use auto, cpu, cuda or cuda:N.")]
    public void A_name_without_a_device_is_refused_with_a_way_out(string name, int cudaDevices, string message) =>
        Assert.Equal(message, Assert.Throws<ModelGenException>(() => TorchDevice.Select(name, cudaDevices)).Message);

    [Fact]
    public void The_cpu_can_always_be_selected() => Assert.Equal(DeviceType.CPU, TorchDevice.Select("cpu").type);

    [Fact]
    public void A_device_is_described_as_it_is_named()
    {
        Assert.Equal("cpu", TorchDevice.Describe(torch.CPU));
        Assert.Equal("cuda:1", TorchDevice.Describe(new torch.Device(DeviceType.CUDA, 1)));
    }
}
