// Derived from src/Generator/Layers/LPPool1d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The p-norm (sum of x^p)^(1/p) of the values under each window, with p = norm_type: [N, C, L] to [N, C, L'], where L' = floor((L - kernel_size) / stride) + 1.</summary>
public sealed class LPPool1dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="normType">The norm's p: 1 gives the sum of the values, 2 their length: a number above 0.</param>
    /// <param name="kernelSize">The window's size: a whole number of at least 1.</param>
    public LPPool1dAttribute(double normType, int kernelSize)
    {
        NormType = normType;
        KernelSize = [kernelSize];
    }

    /// <summary>The norm's p: 1 gives the sum of the values, 2 their length: a number above 0.</summary>
    public double NormType { get; }

    /// <summary>The window's size: two whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The step from one window to the next: a whole number of at least 1. Default: kernel_size.</summary>
    public int Stride { get; set; }

    /// <summary>Keeps the incomplete windows at the end: true or false. Default: false.</summary>
    public bool CeilMode { get; set; }
}
