namespace ModelGen.Data;

/// <summary>
/// Handwritten-looking digits, drawn from a seed: something to train on before there is data. Like MNIST's they are white on
/// black. The same seed gives the same bytes on every machine: drawing uses only integers and the operations + - * / and
/// square root, which IEEE 754 defines to the last bit.
/// </summary>
public static class DrawnDigits
{
    /// <summary>Straight lines per pair of points of a stroke.</summary>
    private const int CurveSteps = 5;

    /// <summary>The most that noise adds to a pixel or takes from it, of 255.</summary>
    private const double Noise = 24;

    internal static IReadOnlyList<string> Classes { get; } = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    /// <summary>Draws digits; image i shows the digit <c>i % 10</c>, and doesn't depend on <paramref name="count"/>.</summary>
    /// <param name="count">The number of images, at least 0.</param>
    /// <param name="seed">Each seed draws other digits.</param>
    /// <param name="shape">1 or 3 (equal) channels of at least 16x16 pixels.</param>
    /// <param name="stream">Each stream of a seed draws other digits: 0 is used to train, 1 to test.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    /// <exception cref="ArgumentException">Digits can't be drawn in that shape.</exception>
    /// <exception cref="ModelGenException">The images don't fit in one array.</exception>
    public static ImageSet Draw(int count, int seed, ImageShape shape, int stream = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (!CanDraw(shape))
            throw new ArgumentException($"Digits need 1 or 3 channels of at least 16x16 pixels, not {shape}.", nameof(shape));

        var pixels = PixelMemory.Allocate(count, shape, "drawn digits");
        var labels = new int[count];
        Parallel.For(0, count, () => new double[shape.Height * shape.Width], (i, _, distances) =>
        {
            labels[i] = i % Classes.Count;
            var random = SplitMix64.For(seed, stream, i);
            DrawDigit(labels[i], ref random, shape, distances, pixels.AsSpan(i * shape.Length, shape.Length));
            return distances;
        }, _ => { });
        return new ImageSet(shape, pixels, labels, Classes);
    }

    internal static bool CanDraw(ImageShape shape) => shape is { Channels: 1 or 3, Height: >= 16, Width: >= 16 };

    private static void DrawDigit(int digit, ref SplitMix64 random, ImageShape shape, double[] distances, Span<byte> pixels)
    {
        var ways = DigitStrokes.Variants[digit];
        var strokes = ways[random.Below(ways.Length)];
        var hand = new Handwriting(ref random, shape);

        Array.Fill(distances, double.MaxValue);
        foreach (var stroke in strokes)
            DrawStroke(hand.Write(stroke, ref random), hand.Radius, shape, distances);

        var ink = random.Between(190, 255);
        for (var i = 0; i < distances.Length; i++)
        {
            // The edge fades over one pixel: the share of the pixel that a straight edge at this distance covers.
            var coverage = Math.Clamp(hand.Radius + 0.5 - Math.Sqrt(distances[i]), 0, 1);
            var value = Math.Clamp(coverage * ink + random.Between(-Noise, Noise), 0, 255);
            for (var channel = 0; channel < shape.Channels; channel++)
                pixels[channel * distances.Length + i] = (byte)(value + 0.5);
        }
    }

    /// <summary>Draws the Catmull-Rom curve through the points (pixels) into the squared distances to the nearest ink line.</summary>
    private static void DrawStroke(ReadOnlySpan<(double X, double Y)> points, double radius, ImageShape shape, double[] distances)
    {
        var from = points[0];
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (p0, p1, p2, p3) = (points[Math.Max(i - 1, 0)], points[i], points[i + 1], points[Math.Min(i + 2, points.Length - 1)]);
            for (var step = 1; step <= CurveSteps; step++)
            {
                var t = (double)step / CurveSteps;
                var to = (CatmullRom(p0.X, p1.X, p2.X, p3.X, t), CatmullRom(p0.Y, p1.Y, p2.Y, p3.Y, t));
                DrawLine(from, to, radius + 1, shape, distances);
                from = to;
            }
        }
    }

    private static double CatmullRom(double p0, double p1, double p2, double p3, double t) =>
        0.5 * (2 * p1 + t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0))));

    /// <summary>Lowers the squared distances of the pixels within <paramref name="reach"/> to those from the line.</summary>
    private static void DrawLine((double X, double Y) from, (double X, double Y) to, double reach, ImageShape shape, double[] distances)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var squaredLength = Math.Max(dx * dx + dy * dy, 1e-12);
        var (left, right) = Range(from.X, to.X, reach, shape.Width);
        var (top, bottom) = Range(from.Y, to.Y, reach, shape.Height);
        for (var y = top; y <= bottom; y++)
        {
            for (var x = left; x <= right; x++)
            {
                var (px, py) = (x + 0.5 - from.X, y + 0.5 - from.Y);
                var along = Math.Clamp((px * dx + py * dy) / squaredLength, 0, 1);
                var (ex, ey) = (px - along * dx, py - along * dy);
                ref var distance = ref distances[y * shape.Width + x];
                distance = Math.Min(distance, ex * ex + ey * ey);
            }
        }
    }

    private static (int First, int Last) Range(double a, double b, double reach, int size) =>
        ((int)Math.Clamp(Math.Min(a, b) - reach, 0, size), (int)Math.Min(Math.Max(a, b) + reach, size - 1));
}
