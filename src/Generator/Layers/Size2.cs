using System.Globalization;

namespace ModelGen.Layers;

/// <summary>A size, stride or padding over an image: rows, then columns.</summary>
internal readonly record struct Size2(long Height, long Width)
{
    public bool IsSquare => Height == Width;

    public override string ToString() => IsSquare
        ? Height.ToString(CultureInfo.InvariantCulture)
        : string.Format(CultureInfo.InvariantCulture, "[{0}, {1}]", Height, Width);
}
