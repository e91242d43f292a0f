using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ModelGen.Data;

/// <summary>
/// Rotates, shifts, scales and shears an image around its centre, in one bilinear resampling; what comes from outside is black. Angles,
/// factors and the order of the four are those of torchvision's <c>RandomAffine</c>; its shifts are whole pixels, these are not.
/// </summary>
/// <remarks>
/// Five random numbers, also for what is 0: the angle, the shifts to the right and down, the factor, the shear. Places are rounded to 1/256 of a pixel.
/// </remarks>
public sealed class Affine : IAugmentation
{
    private const int FractionBits = 16;

    private readonly double _rotate;
    private readonly double _shift;
    private readonly double _scale;
    private readonly double _shear;

    /// <summary>Creates the change; each of the four is uniform in its range.</summary>
    /// <param name="rotate">Degrees to either side: 0 to 180.</param>
    /// <param name="shift">The share of the width, and of the height, to either side: 0 to 1.</param>
    /// <param name="scale">The factor is from 1 - scale to 1 + scale: 0 to below 1.</param>
    /// <param name="shear">Degrees by which vertical lines lean to either side: 0 to below 90.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is out of its range.</exception>
    public Affine(double rotate = 0, double shift = 0, double scale = 0, double shear = 0)
    {
        if (!(rotate >= 0 && rotate <= 180))
            throw new ArgumentOutOfRangeException(nameof(rotate), rotate, "A rotation is from 0 to 180 degrees.");
        if (!(shift >= 0 && shift <= 1))
            throw new ArgumentOutOfRangeException(nameof(shift), shift, "A shift is from 0 to 1 of the size.");
        if (!(scale >= 0 && scale < 1))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "A scale is from 0 to below 1.");
        if (!(shear >= 0 && shear < 90))
            throw new ArgumentOutOfRangeException(nameof(shear), shear, "A shear is from 0 to below 90 degrees.");
        (_rotate, _shift, _scale, _shear) = (rotate, shift, scale, shear);
    }

    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random)
    {
        var angle = random.Between(-_rotate, _rotate);
        var right = random.Between(-_shift, _shift) * shape.Width;
        var down = random.Between(-_shift, _shift) * shape.Height;
        var factor = random.Between(1 - _scale, 1 + _scale);
        var lean = random.Between(-_shear, _shear);
        Transform(pixels, shape, angle, right, down, factor, lean);
    }

    /// <summary>Moves the image's content: sheared by <paramref name="lean"/>, scaled, turned clockwise, shifted.</summary>
    internal static void Transform(Span<byte> pixels, ImageShape shape, double angle, double right, double down, double factor, double lean)
    {
        var (sine, cosine) = Elementary.SinCos(angle);
        var (leanSine, leanCosine) = Elementary.SinCos(lean);
        var tangent = leanSine / leanCosine;

        // The inverse of [cos, -cos tan - sin; sin, -sin tan + cos] * factor, whose determinant without the factor is 1.
        var (xx, xy) = ((cosine - sine * tangent) / factor, (cosine * tangent + sine) / factor);
        var (yx, yy) = (-sine / factor, cosine / factor);

        // Where the centre of the first pixel comes from, as an index.
        var (x, y) = (0.5 - shape.Width / 2.0 - right, 0.5 - shape.Height / 2.0 - down);
        var map = new Map(
            Fixed(xx * x + xy * y + shape.Width / 2.0 - 0.5), Fixed(xx), Fixed(xy),
            Fixed(yx * x + yy * y + shape.Height / 2.0 - 0.5), Fixed(yx), Fixed(yy));

        var area = shape.Height * shape.Width;
        var bordered = ArrayPool<byte>.Shared.Rent((shape.Height + 2) * (shape.Width + 2));
        for (; !pixels.IsEmpty; pixels = pixels[area..])
        {
            AddBorder(pixels[..area], shape, bordered);
            Resample(bordered, pixels[..area], shape, map);
        }

        ArrayPool<byte>.Shared.Return(bordered);
    }

    /// <summary>Copies a plane into one that has a pixel of black around it: so there are four neighbours everywhere.</summary>
    private static void AddBorder(ReadOnlySpan<byte> plane, ImageShape shape, Span<byte> bordered)
    {
        var stride = shape.Width + 2;
        bordered[..(stride * (shape.Height + 2))].Clear();
        for (var y = 0; y < shape.Height; y++)
            plane.Slice(y * shape.Width, shape.Width).CopyTo(bordered[((y + 1) * stride + 1)..]);
    }

    // The hot loop: in fixed point, and without the checks of an index that the comparison has just made.
    private static void Resample(ReadOnlySpan<byte> bordered, Span<byte> plane, ImageShape shape, Map map)
    {
        var (width, height, stride) = ((ulong)shape.Width, (ulong)shape.Height, (nint)shape.Width + 2);
        ref var source = ref MemoryMarshal.GetReference(bordered);
        for (var row = 0; row < shape.Height; row++)
        {
            var (x, y) = (map.X + row * map.XperRow, map.Y + row * map.YperRow);
            foreach (ref var pixel in plane.Slice(row * shape.Width, shape.Width))
            {
                // Counted from the border, so that one comparison is for both ends.
                var (left, top) = ((x >> FractionBits) + 1, (y >> FractionBits) + 1);
                if ((ulong)left <= width && (ulong)top <= height)
                {
                    ref var corner = ref Unsafe.Add(ref source, (nint)top * stride + (nint)left);
                    var (toRight, toBottom) = ((int)(x >> 8) & 255, (int)(y >> 8) & 255);
                    var above = corner * (256 - toRight) + Unsafe.Add(ref corner, 1) * toRight;
                    var below = Unsafe.Add(ref corner, stride) * (256 - toRight) + Unsafe.Add(ref corner, stride + 1) * toRight;
                    pixel = (byte)((above * (256 - toBottom) + below * toBottom + 0x8000) >> 16);
                }
                else
                {
                    pixel = 0;
                }

                x += map.XperColumn;
                y += map.YperColumn;
            }
        }
    }

    private static long Fixed(double value) => (long)Math.Round(value * (1 << FractionBits));

    /// <summary>The place in the source of the first pixel, and how it moves with each column and row; 16 bits are fractions of a pixel.</summary>
    private readonly record struct Map(long X, long XperColumn, long XperRow, long Y, long YperColumn, long YperRow);
}
