// Derived from src/Generator/Layers/AvgPool3d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The average under each window: [N, C, D, H, W] to [N, C, D', H', W'], where D' = floor((D + 2 padding - kernel_size) / stride) + 1, and H' and W' likewise; a window is no larger than the volume.</summary>
public sealed class AvgPool3dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The window's size: a whole number of at least 1.</param>
    public AvgPool3dAttribute(int kernelSize)
    {
        KernelSize = [kernelSize, kernelSize, kernelSize];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The window's size: three whole numbers, [depth, height, width].</param>
    public AvgPool3dAttribute(int[] kernelSize)
    {
        KernelSize = kernelSize;
    }

    /// <summary>The window's size: three whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The step from one window to the next: a whole number of at least 1. Default: kernel_size.</summary>
    public int Stride { get; set; }

    /// <summary>The same as <see cref="Stride"/> where the directions differ: [depth, height, width].</summary>
    public int[] Strides { get; set; } = [];

    /// <summary>Zeros added on every side; at most half of kernel_size: a whole number of at least 0. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>The same as <see cref="Padding"/> where the directions differ: [depth, height, width].</summary>
    public int[] Paddings { get; set; } = [];

    /// <summary>Keeps the incomplete windows at the end: true or false. Default: false.</summary>
    public bool CeilMode { get; set; }

    /// <summary>Counts the padding's zeros in the average: true or false. Default: true.</summary>
    public bool CountIncludePad { get; set; } = true;
}
