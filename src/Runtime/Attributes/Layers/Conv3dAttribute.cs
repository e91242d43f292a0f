// Derived from src/Generator/Layers/Conv3d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Convolution over a volume: [N, C, D, H, W] to [N, out_channels, D', H', W'], where D' = floor((D + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and H' and W' likewise.</summary>
public sealed class Conv3dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="outChannels">The number of filters, which is the number of output channels: a whole number of at least 1.</param>
    /// <param name="kernelSize">The filter's size: a whole number of at least 1.</param>
    public Conv3dAttribute(int outChannels, int kernelSize)
    {
        OutChannels = outChannels;
        KernelSize = [kernelSize, kernelSize, kernelSize];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="outChannels">The number of filters, which is the number of output channels: a whole number of at least 1.</param>
    /// <param name="kernelSize">The filter's size: three whole numbers, [depth, height, width].</param>
    public Conv3dAttribute(int outChannels, int[] kernelSize)
    {
        OutChannels = outChannels;
        KernelSize = kernelSize;
    }

    /// <summary>The number of filters, which is the number of output channels: a whole number of at least 1.</summary>
    public int OutChannels { get; }

    /// <summary>The filter's size: three whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The number of input channels, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int InChannels { get; set; }

    /// <summary>The step from one place of the filter to the next: a whole number of at least 1. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The same as <see cref="Stride"/> where the directions differ: [depth, height, width].</summary>
    public int[] Strides { get; set; } = [];

    /// <summary>Values added on every side of the volume; 'same' adds as many as keep its size: a whole number of at least 0. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>The same as <see cref="Padding"/> where the directions differ: [depth, height, width].</summary>
    public int[] Paddings { get; set; } = [];

    /// <summary>Whether it is as large as keeps the input's size: 'same' in JSON.</summary>
    public bool PaddingSame { get; set; }

    /// <summary>The distance between neighbouring values under the filter: a whole number of at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The same as <see cref="Dilation"/> where the directions differ: [depth, height, width].</summary>
    public int[] Dilations { get; set; } = [];

    /// <summary>Splits the channels into groups that don't see each other; divides the input's and the output's channels: a whole number of at least 1. Default: 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Adds a trained value to each output channel: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>What the added values are: one of 'zeros', 'reflect', 'replicate', 'circular'. Default: zeros.</summary>
    public string PaddingMode { get; set; } = "zeros";
}
