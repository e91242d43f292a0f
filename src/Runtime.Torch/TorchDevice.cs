using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>The device that a network computes on, as a person names it.</summary>
public static class TorchDevice
{
    /// <summary>Finds a device.</summary>
    /// <param name="name"><c>auto</c> (CUDA when present, otherwise the CPU), <c>cpu</c>, <c>cuda</c> (the first) or <c>cuda:n</c>.</param>
    /// <exception cref="ModelGenException">The name isn't one of these, or there is no such device here; or libtorch can't be loaded.</exception>
    public static Device Select(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        LibTorch.EnsureLoaded();
        return Select(name, torch.cuda.is_available() ? torch.cuda.device_count() : 0);
    }

    /// <summary>Finds a device among the CPU and <paramref name="cudaDevices"/> CUDA devices.</summary>
    internal static Device Select(string name, int cudaDevices)
    {
        if (name == "cpu" || (name == "auto" && cudaDevices == 0))
            return new Device(DeviceType.CPU);
        if (name == "auto")
            return new Device(DeviceType.CUDA, 0);
        if (DeviceName.CudaIndex(name) is not { } index)
            throw new ModelGenException($"The device '{name}' is unknown: use {DeviceName.Choices}.");
        if (cudaDevices == 0)
        {
            throw new ModelGenException(
                $"The device '{name}' needs CUDA, which is not available: "
                + "build with -p:TorchBackend=cuda and install the NVIDIA driver, or use cpu.");
        }

        if (index >= cudaDevices)
            throw new ModelGenException($"The device '{name}' does not exist: this machine has {Count(cudaDevices)}.");
        return new Device(DeviceType.CUDA, index);
    }

    /// <summary>A device as people name it: <c>cpu</c>, <c>cuda:0</c>.</summary>
    /// <param name="device">The device.</param>
    public static string Describe(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.type == DeviceType.CPU
            ? "cpu"
            : FormattableString.Invariant($"{device.type.ToString().ToLowerInvariant()}:{Math.Max(device.index, 0)}");
    }

    /// <summary>As a run's record names it, with what decides its numbers: <c>cpu</c>, <c>cuda:0, float32 without TF32, cuDNN autotuned</c>.</summary>
    /// <param name="device">The device.</param>
    public static string Record(Device device) => string.Join(", ", [Describe(device), .. Numerics.Words(device.type)]);

    private static string Count(int devices) => devices == 1
        ? "1 CUDA device, cuda:0"
        : FormattableString.Invariant($"{devices} CUDA devices, cuda:0 to cuda:{devices - 1}");
}
