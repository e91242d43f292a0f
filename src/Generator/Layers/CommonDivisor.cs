using System;

namespace ModelGen.Layers;

/// <summary>Numbers of groups that two numbers of channels can be split into.</summary>
internal static class CommonDivisor
{
    /// <summary>A divisor of both numbers below a limit, the largest one unless it is small and both are huge; 1 always is one.</summary>
    public static long Below(long limit, long left, long right)
    {
        while (right != 0)
            (left, right) = (right, left % right);
        // A divisor below the limit is the greatest divided by something: 2^16 somethings are enough for any 32-bit number but rare ones.
        for (var part = 1; part <= Math.Min(left, 1 << 16); part++)
        {
            if (left % part == 0 && left / part < limit)
                return left / part;
        }

        return 1;
    }
}
