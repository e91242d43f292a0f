// Derived from src/Generator/Layers/MaxPool1d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The largest value under each window: [N, C, L] to [N, C, L'], where L' = floor((L + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1.</summary>
public sealed class MaxPool1dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The window's size: a whole number of at least 1.</param>
    public MaxPool1dAttribute(int kernelSize)
    {
        KernelSize = [kernelSize];
    }

    /// <summary>The window's size: two whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The step from one window to the next: a whole number of at least 1. Default: kernel_size.</summary>
    public int Stride { get; set; }

    /// <summary>Values added on every side, which never win; at most half of kernel_size: a whole number of at least 0. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>The distance between neighbouring values under the window: a whole number of at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Keeps the incomplete windows at the end: true or false. Default: false.</summary>
    public bool CeilMode { get; set; }
}
