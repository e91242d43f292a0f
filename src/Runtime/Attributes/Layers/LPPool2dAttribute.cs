// Derived from src/Generator/Layers/LPPool2d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The p-norm (sum of x^p)^(1/p) of the values under each window, with p = norm_type: [N, C, H, W] to [N, C, H', W'], where H' = floor((H - kernel_size) / stride) + 1, and W' likewise.</summary>
public sealed class LPPool2dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="normType">The norm's p: 1 gives the sum of the values, 2 their length: a number above 0.</param>
    /// <param name="kernelSize">The window's size: a whole number of at least 1.</param>
    public LPPool2dAttribute(double normType, int kernelSize)
    {
        NormType = normType;
        KernelSize = [kernelSize, kernelSize];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="normType">The norm's p: 1 gives the sum of the values, 2 their length: a number above 0.</param>
    /// <param name="kernelSize">The window's size: two whole numbers, [height, width].</param>
    public LPPool2dAttribute(double normType, int[] kernelSize)
    {
        NormType = normType;
        KernelSize = kernelSize;
    }

    /// <summary>The norm's p: 1 gives the sum of the values, 2 their length: a number above 0.</summary>
    public double NormType { get; }

    /// <summary>The window's size: two whole numbers, [height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The step from one window to the next: a whole number of at least 1. Default: kernel_size.</summary>
    public int Stride { get; set; }

    /// <summary>The same as <see cref="Stride"/> where the directions differ: [height, width].</summary>
    public int[] Strides { get; set; } = [];

    /// <summary>Keeps the incomplete windows at the end: true or false. Default: false.</summary>
    public bool CeilMode { get; set; }
}
