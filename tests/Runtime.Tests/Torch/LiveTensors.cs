using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>The tensors of the process.</summary>
internal static class LiveTensors
{
    /// <summary>How many are alive when what other tests left to the finalizer is gone: it would go while this one counts.</summary>
    public static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
