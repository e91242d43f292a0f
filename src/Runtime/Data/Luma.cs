namespace ModelGen.Data;

/// <summary>How bright a colour is.</summary>
internal static class Luma
{
    /// <summary>Pillow's mode L: the luma of ITU-R 601-2 in 16 fractional bits, rounded.</summary>
    public static byte Of(byte red, byte green, byte blue) => (byte)((red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16);
}
