namespace ModelGen.Data;

/// <summary>The order in which an epoch shows the images: a pure function of its arguments, the same on every machine.</summary>
public static class SampleOrder
{
    /// <summary>A random order of 0 to <paramref name="count"/> - 1, each order as likely as every other.</summary>
    /// <remarks>
    /// The Fisher-Yates shuffle: for i from <c>count - 1</c> down to 1, swap place i with a random place from 0 to i. The places come from
    /// SplitMix64 (64-bit numbers <c>x</c>, <c>x * (i + 1) / 2^64</c> rounded down, with Lemire's rejection so that none is favoured). Its
    /// state starts as <c>first(first(seed) XOR epoch)</c>, where <c>first(s)</c> is the first number of SplitMix64 in state <c>s</c>.
    /// </remarks>
    /// <param name="count">The number of images, at least 0.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="epoch">The epoch: every epoch has its own order.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static int[] Shuffled(int count, int seed, int epoch)
    {
        var order = Sequential(count);
        var random = SplitMix64.For(seed, epoch);
        for (var i = count - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>0, 1, 2 and so on to <paramref name="count"/> - 1.</summary>
    /// <param name="count">The number of images, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public static int[] Sequential(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        return order;
    }

    /// <summary>All indices of a set, or <paramref name="limit"/> evenly spaced ones, so that sorted classes stay in proportion: <c>i * count / limit</c>.</summary>
    internal static int[] EvenlySpaced(int count, int? limit)
    {
        var order = Sequential(Math.Min(count, limit ?? count));
        return Array.ConvertAll(order, i => (int)((long)i * count / order.Length));
    }
}
