// Derived from src/Generator/Layers/DepthwiseConv2d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Convolution over each channel by itself, a Conv2d of as many groups as channels: [N, C, H, W] to [N, C multiplier, H', W'], where H' = floor((H + 2 padding - dilation (kernel_size - 1) - 1) / stride) + 1, and W' likewise.</summary>
public sealed class DepthwiseConv2dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The filter's size: a whole number of at least 1.</param>
    public DepthwiseConv2dAttribute(int kernelSize)
    {
        KernelSize = [kernelSize, kernelSize];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="kernelSize">The filter's size: two whole numbers, [height, width].</param>
    public DepthwiseConv2dAttribute(int[] kernelSize)
    {
        KernelSize = kernelSize;
    }

    /// <summary>The filter's size: two whole numbers, [height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The number of input channels, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int InChannels { get; set; }

    /// <summary>The step from one place of the filter to the next: a whole number of at least 1. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>The same as <see cref="Stride"/> where the directions differ: [height, width].</summary>
    public int[] Strides { get; set; } = [];

    /// <summary>Values added on every side of the image; 'same' adds as many as keep its size: a whole number of at least 0. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>The same as <see cref="Padding"/> where the directions differ: [height, width].</summary>
    public int[] Paddings { get; set; } = [];

    /// <summary>Whether it is as large as keeps the input's size: 'same' in JSON.</summary>
    public bool PaddingSame { get; set; }

    /// <summary>The distance between neighbouring values under the filter: a whole number of at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>The same as <see cref="Dilation"/> where the directions differ: [height, width].</summary>
    public int[] Dilations { get; set; } = [];

    /// <summary>Adds a trained value to each output channel: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>What the added values are: one of 'zeros', 'reflect', 'replicate', 'circular'. Default: zeros.</summary>
    public string PaddingMode { get; set; } = "zeros";

    /// <summary>The number of filters over each channel: a whole number of at least 1. Default: 1.</summary>
    public int Multiplier { get; set; } = 1;
}
