namespace ModelGen.Data;

/// <summary>A random factor around 1, and what it does to an image's values.</summary>
internal readonly struct Jitter
{
    private readonly double _share;

    /// <param name="share">How far the factor gets from 1, but never below 0.</param>
    public Jitter(double share)
    {
        if (!(share >= 0 && double.IsFinite(share)))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is a number of at least 0.");
        _share = share;
    }

    public double Draw(ref SplitMix64 random) => random.Between(Math.Max(0, 1 - _share), 1 + _share);

    /// <summary>Moves each value to <paramref name="factor"/> times its distance from <paramref name="origin"/>, cut off at 0 and 255 and rounded down.</summary>
    public static void Stretch(Span<byte> pixels, int origin, double factor)
    {
        // An image has more values than there are, so each is worked out once.
        Span<byte> table = stackalloc byte[256];
        for (var value = 0; value < table.Length; value++)
            table[value] = (byte)Math.Clamp(origin + factor * (value - origin), 0, 255);
        foreach (ref var pixel in pixels)
            pixel = table[pixel];
    }
}
