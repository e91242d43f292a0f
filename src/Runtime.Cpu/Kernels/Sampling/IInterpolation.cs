namespace ModelGen.Cpu.Kernels;

/// <summary>How a value between the input's is found: as a sum of some of them, along each direction by itself.</summary>
public interface IInterpolation
{
    /// <summary>How many of them along one direction.</summary>
    internal static abstract int Taps { get; }

    /// <summary>Which one a tap is, and what it is multiplied by.</summary>
    internal static abstract (int Index, float Weight) Tap(UpsampleAxis axis, int place, int tap);
}

/// <summary>One direction of an image that is made larger.</summary>
/// <param name="Size">Values of the input.</param>
/// <param name="Out">Values of the output.</param>
/// <param name="ScaleFactor">How many times larger.</param>
/// <param name="AlignCorners">Whether the first and the last values are the same points in both.</param>
internal readonly record struct UpsampleAxis(int Size, int Out, double ScaleFactor, bool AlignCorners)
{
    /// <summary>Where a place of the output lies in the input (PyTorch, UpSample.h).</summary>
    public double Source(int place)
    {
        if (AlignCorners)
            return Out > 1 ? place * ((Size - 1) / (double)(Out - 1)) : 0;
        return ((place + 0.5) / ScaleFactor) - 0.5;
    }

    /// <summary>The nearest index that there is.</summary>
    public int Clamp(int index) => Math.Clamp(index, 0, Size - 1);
}

/// <summary>The value before it.</summary>
public readonly struct Nearest : IInterpolation
{
    static int IInterpolation.Taps => 1;

    // In float32, as PyTorch does it for every type of values; and the sizes decide where they are the same or twice as large, whatever the factor is.
    static (int Index, float Weight) IInterpolation.Tap(UpsampleAxis axis, int place, int tap)
    {
        if (axis.Out == axis.Size)
            return (place, 1);
        return (axis.Out == 2 * axis.Size ? place / 2 : axis.Clamp((int)MathF.Floor(place * (float)(1 / axis.ScaleFactor))), 1);
    }
}

/// <summary>A straight line between two values.</summary>
public readonly struct Bilinear : IInterpolation
{
    static int IInterpolation.Taps => 2;

    static (int Index, float Weight) IInterpolation.Tap(UpsampleAxis axis, int place, int tap)
    {
        var source = axis.Out == axis.Size ? place : Math.Max(0, axis.Source(place));
        var first = axis.Clamp((int)source);
        var share = source - first;
        return (axis.Clamp(first + tap), (float)(tap == 0 ? 1 - share : share));
    }
}

/// <summary>A cubic polynomial through four values, with Keys' coefficient -0.75 (1981).</summary>
public readonly struct Bicubic : IInterpolation
{
    private const double A = -0.75;

    static int IInterpolation.Taps => 4;

    static (int Index, float Weight) IInterpolation.Tap(UpsampleAxis axis, int place, int tap)
    {
        var source = axis.Source(place);
        var first = (int)Math.Floor(source);
        var distance = Math.Abs(source - first - (tap - 1));
        var weight = distance <= 1
            ? ((((A + 2) * distance) - (A + 3)) * distance * distance) + 1
            : (((((distance - 5) * distance) + 8) * distance) - 4) * A;
        return (axis.Clamp(first + tap - 1), (float)weight);
    }
}
