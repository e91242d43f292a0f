namespace ModelGen.Data;

/// <summary>
/// Elementary functions by their Taylor series: + and * only, which IEEE 754 defines to the last bit. Those of <see cref="Math"/> are the
/// platform's, and their last bit differs.
/// </summary>
internal static class Elementary
{
    private const int Terms = 32;

    /// <param name="degrees">-180 to 180.</param>
    public static (double Sine, double Cosine) SinCos(double degrees)
    {
        var x = degrees * (Math.PI / 180);
        // From the last term to the first: x - x^3/6 (1 - x^2/20 (1 - ...)).
        var (sine, cosine) = (1.0, 1.0);
        for (var n = Terms; n > 1; n -= 2)
        {
            sine = 1 - x * x / (n * (n + 1)) * sine;
            cosine = 1 - x * x / (n * (n - 1)) * cosine;
        }

        return (x * sine, cosine);
    }

    /// <param name="x">-2 to 2, where the terms left out are below the last bit.</param>
    public static double Exp(double x)
    {
        var sum = 1.0;
        for (var n = Terms; n > 0; n--)
            sum = 1 + x / n * sum;
        return sum;
    }
}
