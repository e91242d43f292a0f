// Derived from src/Generator/Layers/MaxPool3d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The largest value under each window: [N, C, D, H, W] to [N, C, D', H', W'], where D' = floor((D + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and H' and W' likewise.</summary>
public sealed class MaxPool3dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The window's size: a whole number of at least 1.</param>
    public MaxPool3dAttribute(int kernelSize)
    {
        KernelSize = [kernelSize, kernelSize, kernelSize];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The window's size: three whole numbers, [depth, height, width].</param>
    public MaxPool3dAttribute(int[] kernelSize)
    {
        KernelSize = kernelSize;
    }

    /// <summary>The window's size: three whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The step from one window to the next: a whole number of at least 1. Default: kernel_size.</summary>
    public int Stride { get; set; }

    /// <summary>The same as <see cref="Stride"/> where the directions differ: [depth, height, width].</summary>
    public int[] Strides { get; set; } = [];

    /// <summary>Values added on every side, which never win; at most half of kernel_size: a whole number of at least 0. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>The same as <see cref="Padding"/> where the directions differ: [depth, height, width].</summary>
    public int[] Paddings { get; set; } = [];

    /// <summary>The distance between neighbouring values under the window: a whole number of at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The same as <see cref="Dilation"/> where the directions differ: [depth, height, width].</summary>
    public int[] Dilations { get; set; } = [];

    /// <summary>Keeps the incomplete windows at the end: true or false. Default: false.</summary>
    public bool CeilMode { get; set; }
}
