// Derived from src/Generator/Layers/ConvTranspose1d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Transposed convolution over a signal, which enlarges it: [N, C, L] to [N, out_channels, L'], where L' = (L - 1) stride - 2 padding + dilation (kernel_size - 1) + output_padding + 1.</summary>
public sealed class ConvTranspose1dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="outChannels">The number of output channels: a whole number of at least 1.</param>
    /// <param name="kernelSize">The filter's size: a whole number of at least 1.</param>
    public ConvTranspose1dAttribute(int outChannels, int kernelSize)
    {
        OutChannels = outChannels;
        KernelSize = [kernelSize];
    }

    /// <summary>The number of output channels: a whole number of at least 1.</summary>
    public int OutChannels { get; }

    /// <summary>The filter's size: two whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> KernelSize { get; }

    /// <summary>The number of input channels, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int InChannels { get; set; }

    /// <summary>The step in the output from one value of the input to the next: a whole number of at least 1. Default: 1.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Values taken off on every side of the output: a whole number of at least 0. Default: 0.</summary>
    public int Padding { get; set; }

    /// <summary>Values added at the output's end, of which there are fewer than stride or dilation: a whole number of at least 0. Default: 0.</summary>
    public int OutputPadding { get; set; }

    /// <summary>The distance between neighbouring values under the filter: a whole number of at least 1. Default: 1.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Splits the channels into groups that don't see each other; divides the input's and the output's channels: a whole number of at least 1. Default: 1.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>Adds a trained value to each output channel: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;
}
