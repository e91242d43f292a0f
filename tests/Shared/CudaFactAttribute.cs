using ModelGen.Torch;

namespace ModelGen.Tests;

/// <summary>A fact about a CUDA device; skipped where there is none, or where libtorch is one without CUDA.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsAvailable = new(() =>
    {
        LibTorch.EnsureLoaded();
        return TorchSharp.torch.cuda.is_available();
    });

    /// <summary>Marks the test.</summary>
    public CudaFactAttribute()
    {
        if (!IsAvailable.Value)
            Skip = "Needs a CUDA device, and a libtorch with CUDA: build with -p:TorchBackend=cuda.";
    }
}
