// Derived from src/Generator/Layers/Upsample.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Enlarges a signal, an image or a volume: [N, C, H, W] to [N, C, H', W'], where H' = floor(H scale_factor), and W' likewise.</summary>
public sealed class UpsampleAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="scaleFactor">How many times larger the output is in each direction: a number above 0.</param>
    public UpsampleAttribute(double scaleFactor)
    {
        ScaleFactor = scaleFactor;
    }

    /// <summary>How many times larger the output is in each direction: a number above 0.</summary>
    public double ScaleFactor { get; }

    /// <summary>How values between the input's are found; linear is for signals, bilinear and bicubic are for images, trilinear is for volumes: one of 'nearest', 'linear', 'bilinear', 'bicubic', 'trilinear'. Default: nearest.</summary>
    public string Mode { get; set; } = "nearest";

    /// <summary>Lets the corners of input and output be the same points; not with nearest: true or false. Default: false.</summary>
    public bool AlignCorners { get; set; }
}
