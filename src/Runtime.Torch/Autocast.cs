using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// A forward pass in bfloat16, PyTorch's <c>torch.autocast</c>: convolutions and matrix products take bfloat16 copies of weights and inputs, what needs float32
/// keeps it. The weights, their gradients and the optimizer stay float32. TorchSharp 0.107 has no autocast, so libtorch's own functions are called.
/// </summary>
public sealed partial class Autocast
{
    private const string IsEnabledName = "_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE";
    private const string SetEnabledName = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb";
    private const string SetDtypeName = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE";
    private const string ClearCacheName = "_ZN2at8autocast11clear_cacheEv";
    private const sbyte BFloat16Type = (sbyte)ScalarType.BFloat16; // c10::ScalarType has the same numbers

    private readonly nn.Module<Tensor, Tensor> _model;
    private readonly sbyte _device; // c10::DeviceType, whose numbers TorchSharp's are

    /// <summary>Makes sure that there is autocast here.</summary>
    /// <param name="model">The network, with float32 weights; it stays the caller's.</param>
    /// <param name="device">The device that it is on: the CPU or CUDA.</param>
    /// <exception cref="ModelGenException">This system's libtorch has no autocast that C# can reach, or an lstm has none on this processor.</exception>
    public Autocast(nn.Module<Tensor, Tensor> model, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        if (!new[] { SetEnabledName, SetDtypeName, ClearCacheName }.All(GlobalContext.Exports))
        {
            throw new ModelGenException(
                "The spec trains in bfloat16, which only Linux has so far: TorchSharp has no autocast, and elsewhere libtorch's functions for it have other names. "
                + "Leave 'precision' out of the spec, or train on Linux.");
        }

        CheckLstm(model, device.type, canRoundLstm: !X86Base.IsSupported || (Avx512BW.VL.IsSupported && Avx512DQ.IsSupported));
        (_model, _device) = (model, (sbyte)device.type);
    }

    /// <summary>Calls the network under autocast. The loss is taken of what it returns, in float32, as autocast would.</summary>
    /// <param name="input">What it takes.</param>
    /// <returns>Its output as float32, which the caller disposes.</returns>
    public Tensor Call(Tensor input)
    {
        SetDtype(_device, BFloat16Type);
        SetEnabled(_device, enabled: true);
        try
        {
            using var output = _model.call(input);
            return output.to(ScalarType.Float32);
        }
        finally
        {
            SetEnabled(_device, enabled: false);

            // The copies of the weights, which the next step changes.
            ClearCache();
        }
    }

    /// <summary>oneDNN has an lstm in bfloat16 from AVX-512 on. Of one below, libtorch throws what TorchSharp does not catch, which ends the process.</summary>
    internal static void CheckLstm(nn.Module model, DeviceType device, bool canRoundLstm)
    {
        if (device == DeviceType.CPU && !canRoundLstm && model.modules().Any(module => module is LSTM))
        {
            throw new ModelGenException(
                "The network has an lstm, which libtorch computes in bfloat16 only on processors with AVX-512, and this one has none: leave 'precision' out of the spec, "
                + "put gru in its place, or train elsewhere.");
        }
    }

    /// <summary>Whether autocast is on for this thread.</summary>
    internal static bool IsEnabled(DeviceType device) => IsEnabled((sbyte)device);

    [LibraryImport(GlobalContext.LibTorchCpu, EntryPoint = IsEnabledName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool IsEnabled(sbyte device);

    [LibraryImport(GlobalContext.LibTorchCpu, EntryPoint = SetEnabledName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetEnabled(sbyte device, [MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(GlobalContext.LibTorchCpu, EntryPoint = SetDtypeName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetDtype(sbyte device, sbyte type);

    [LibraryImport(GlobalContext.LibTorchCpu, EntryPoint = ClearCacheName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void ClearCache();
}
