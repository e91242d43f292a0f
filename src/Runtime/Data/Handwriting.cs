namespace ModelGen.Data;

/// <summary>How one digit is written: size, slant, rotation, bend, place and pen, all random.</summary>
internal readonly struct Handwriting
{
    /// <summary>How far a point of a stroke may miss its place, in unit boxes.</summary>
    private const double Jitter = 0.05;

    private readonly double _xx, _xy, _yx, _yy, _x, _y, _bendX, _bendY;

    public Handwriting(ref SplitMix64 random, ImageShape shape)
    {
        // MNIST's proportions: the digit is about 20 pixels high in an image of 28.
        var pixel = Math.Min(shape.Height, shape.Width) / 28.0;
        var (width, height) = (pixel * random.Between(14, 22), pixel * random.Between(16, 21));
        var slant = random.Between(-0.15, 0.4);
        // With t = tan(angle / 2) neither sine nor cosine is needed; 0.1 is 11 degrees.
        var t = random.Between(-0.1, 0.1);
        var (cosine, sine) = ((1 - t * t) / (1 + t * t), 2 * t / (1 + t * t));

        (_xx, _xy) = (cosine * width, -cosine * slant * height - sine * height);
        (_yx, _yy) = (sine * width, -sine * slant * height + cosine * height);
        _x = shape.Width / 2.0 + pixel * random.Between(-3, 3);
        _y = shape.Height / 2.0 + pixel * random.Between(-3, 3);
        _bendX = random.Between(-0.25, 0.25);
        _bendY = random.Between(-0.25, 0.25);
        Radius = pixel * random.Between(0.7, 1.8);
    }

    /// <summary>Half the width of the pen's line, in pixels.</summary>
    public double Radius { get; }

    /// <summary>Where the points of a stroke (x, y, x, y ... in the unit box) come to lie in the image, in pixels.</summary>
    public (double X, double Y)[] Write(ReadOnlySpan<double> stroke, ref SplitMix64 random)
    {
        var points = new (double X, double Y)[stroke.Length / 2];
        for (var i = 0; i < points.Length; i++)
        {
            var x = stroke[2 * i] - 0.5 + random.Between(-Jitter, Jitter);
            var y = stroke[2 * i + 1] - 0.5 + random.Between(-Jitter, Jitter);
            (x, y) = (x + _bendX * y * y, y + _bendY * x * x);
            points[i] = (_xx * x + _xy * y + _x, _yx * x + _yy * y + _y);
        }

        return points;
    }
}
