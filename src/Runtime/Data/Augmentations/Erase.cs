namespace ModelGen.Data;

/// <summary>
/// Blackens a rectangle with some probability, as torchvision's <c>RandomErasing</c> does it with its defaults: 2 % to 33 % of the area,
/// its height from 0.3 to 3.3 times its width, anywhere inside of the image; a rectangle that does not fit is drawn anew, up to ten times.
/// </summary>
public sealed class Erase : IAugmentation
{
    private const int Attempts = 10;

    // The natural logarithms of 0.3 and 3.3: what is uniform is the logarithm of the sides' ratio.
    private const double Flattest = -1.2039728043259361;
    private const double Tallest = 1.1939224684724346;

    private readonly double _probability;

    /// <summary>Creates the change.</summary>
    /// <param name="probability">How likely an image loses a rectangle: 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is out of its range.</exception>
    public Erase(double probability)
    {
        if (!(probability >= 0 && probability <= 1))
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is a number from 0 to 1.");
        _probability = probability;
    }

    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random)
    {
        if (random.Between(0, 1) >= _probability)
            return;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = shape.Height * shape.Width * random.Between(0.02, 0.33);
            var ratio = Elementary.Exp(random.Between(Flattest, Tallest));
            var (height, width) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (height >= shape.Height || width >= shape.Width)
                continue;
            var (top, left) = (random.Below(shape.Height - height + 1), random.Below(shape.Width - width + 1));
            for (var channel = 0; channel < shape.Channels; channel++)
            {
                for (var y = top; y < top + height; y++)
                    pixels.Slice((channel * shape.Height + y) * shape.Width + left, width).Clear();
            }

            return;
        }
    }
}
