namespace ModelGen.Data;

/// <summary>The shape of one image as a network takes it: <c>[C, H, W]</c>.</summary>
/// <param name="Channels">1 (gray) or 3 (red, green, blue).</param>
/// <param name="Height">Rows of pixels, at least 1.</param>
/// <param name="Width">Columns of pixels, at least 1.</param>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>Bytes of one image at one byte per value: C x H x W.</summary>
    public int Length => checked(Channels * Height * Width);

    /// <summary>As people write it: <c>3x28x28</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Channels}x{Height}x{Width}");
}
