namespace ModelGen.Data;

/// <summary>
/// Sebastiano Vigna's SplitMix64: a 64-bit counter in steps of the golden ratio, each value mixed. Integers only, so a seed
/// gives the same numbers on every machine and in every version of .NET, which <see cref="Random"/> doesn't promise.
/// </summary>
/// <param name="state">Where the counter starts; every state gives other numbers.</param>
public struct SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>The generator of a place in a family: for each key in turn, the state is the first number of the state XOR the key.</summary>
    /// <param name="keys">Such as the seed, the epoch and the image.</param>
    public static SplitMix64 For(params ReadOnlySpan<int> keys)
    {
        var state = 0UL;
        foreach (var key in keys)
            state = new SplitMix64(state ^ (uint)key).Next();
        return new SplitMix64(state);
    }

    /// <summary>The next number, uniform over all 64-bit values.</summary>
    public ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1, each exactly as likely (Lemire's multiplication with rejection).</summary>
    /// <param name="bound">At least 1.</param>
    public int Below(int bound)
    {
        var excess = unchecked(0UL - (ulong)bound) % (ulong)bound;
        while (true)
        {
            var high = Math.BigMul(Next(), (ulong)bound, out ulong low);
            if (low >= excess)
                return (int)high;
        }
    }

    /// <summary>A number from <paramref name="low"/> to <paramref name="high"/>, in steps of 2^-53 of their distance.</summary>
    /// <param name="low">The least number.</param>
    /// <param name="high">Above the greatest number, or equal to it.</param>
    public double Between(double low, double high) => low + (high - low) * ((Next() >> 11) * (1.0 / (1L << 53)));
}
