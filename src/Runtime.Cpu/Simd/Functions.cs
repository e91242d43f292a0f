using System.Runtime.CompilerServices;

namespace ModelGen.Cpu.Simd;

/// <summary>Functions of each lane, to about one digit of float32's last.</summary>
internal static class Functions
{
    /// <summary>Without the sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Abs<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Max(x, TLanes.Subtract(TLanes.All(0), x));

    /// <summary>
    /// e to the power of x: Cephes' polynomial (expf, Moshier 1989) of what is left when whole powers of two are taken out. A sixth of the time of the runtime's own, which
    /// computes in double precision.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        // Beyond these it is infinite, or rounded to 0.
        x = TLanes.Min(TLanes.Max(x, TLanes.All(-104)), TLanes.All(89));
        var power = Round<TLanes, TVector>(TLanes.Multiply(x, TLanes.All(1.44269504f)));

        // ln 2 in two parts: the product with the first is exact.
        var rest = TLanes.MultiplyAdd(power, TLanes.All(2.12194440e-4f), TLanes.MultiplyAdd(power, TLanes.All(-0.693359375f), x));
        var sum = TLanes.MultiplyAdd(
            Polynomial<TLanes, TVector>(
                rest, 1.9875691500e-4f, 1.3981999507e-3f, 8.3334519073e-3f, 4.1665795894e-2f, 1.6666665459e-1f, 5.0000001201e-1f),
            TLanes.Multiply(rest, rest),
            TLanes.Add(rest, TLanes.All(1)));

        // In two steps, for 2^128 and 2^-127 are no floats.
        var half = Round<TLanes, TVector>(TLanes.Multiply(power, TLanes.All(0.5f)));
        return TLanes.Multiply(TLanes.Multiply(sum, TLanes.PowerOfTwo(half)), TLanes.PowerOfTwo(TLanes.Subtract(power, half)));
    }

    /// <summary><c>1 / (1 + exp(-x))</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.Divide(TLanes.All(1), TLanes.Add(TLanes.All(1), Exp<TLanes, TVector>(TLanes.Subtract(TLanes.All(0), x))));

    /// <summary>The hyperbolic tangent: near 0 Cephes' polynomial (tanhf, Moshier 1989), for there <c>1 - 2 / (exp(2x) + 1)</c> loses its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tanh<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var square = TLanes.Multiply(x, x);
        var odd = Polynomial<TLanes, TVector>(square, -5.70498872745e-3f, 2.06390887954e-2f, -5.37397155531e-2f, 1.33314422036e-1f, -3.33332819422e-1f);
        var near = TLanes.MultiplyAdd(TLanes.Multiply(odd, square), x, x);
        var far = TLanes.Subtract(TLanes.All(1), TLanes.Divide(TLanes.All(2), TLanes.Add(Exp<TLanes, TVector>(TLanes.Add(x, x)), TLanes.All(1))));
        return TLanes.Select(TLanes.GreaterThan(Abs<TLanes, TVector>(x), TLanes.All(0.625f)), far, near);
    }

    /// <summary>The error function, by the quotient of polynomials that Eigen has for float32 (SpecialFunctionsImpl.h); beyond 4 it is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Erf<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        x = TLanes.Max(TLanes.Min(x, TLanes.All(4)), TLanes.All(-4));
        var square = TLanes.Multiply(x, x);
        var numerator = Polynomial<TLanes, TVector>(
            square, -2.72614225801306e-10f, 2.77068142495902e-08f, -2.10102402082508e-06f,
            -5.69250639462346e-05f, -7.34990630326855e-04f, -2.95459980854025e-03f, -1.60960333262415e-02f);
        var denominator = Polynomial<TLanes, TVector>(
            square, -1.45660718464996e-05f, -2.13374055278905e-04f, -1.68282697438203e-03f, -7.37332916720468e-03f, -1.42647390514189e-02f);
        return TLanes.Divide(TLanes.Multiply(x, numerator), denominator);
    }

    /// <summary><c>exp(x) - 1</c>: below 0.35 in size Taylor's polynomial, for there the difference loses its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpMinusOne<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var one = TLanes.All(1);
        var near = TLanes.Multiply(
            x,
            TLanes.MultiplyAdd(
                TLanes.Multiply(x, Polynomial<TLanes, TVector>(x, 1 / 5040f, 1 / 720f, 1 / 120f, 1 / 24f, 1 / 6f)),
                x,
                TLanes.MultiplyAdd(x, TLanes.All(0.5f), one)));
        return TLanes.Select(TLanes.GreaterThan(Abs<TLanes, TVector>(x), TLanes.All(0.35f)), TLanes.Subtract(Exp<TLanes, TVector>(x), one), near);
    }

    /// <summary><c>ln(1 + x)</c> for x of at least 0. What 1 + x rounds off is put back by the factor, as Kahan's does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogOnePlus<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var one = TLanes.All(1);
        var sum = TLanes.Add(one, x);
        var exact = TLanes.Divide(TLanes.Multiply(TLanes.Log(sum), x), TLanes.Subtract(sum, one));
        return TLanes.Select(TLanes.AreEqual(sum, one), x, exact);
    }

    /// <summary>The nearest whole number, for values below 2^22 in size: so much larger a number has no digits left for a fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Round<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Subtract(TLanes.Add(x, TLanes.All(12_582_912)), TLanes.All(12_582_912));

    // Horner's scheme, the highest power first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial<TLanes, TVector>(TVector x, float a, float b, float c, float d, float e)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.MultiplyAdd(TLanes.All(a), x, TLanes.All(b));
        sum = TLanes.MultiplyAdd(sum, x, TLanes.All(c));
        sum = TLanes.MultiplyAdd(sum, x, TLanes.All(d));
        return TLanes.MultiplyAdd(sum, x, TLanes.All(e));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial<TLanes, TVector>(TVector x, float a, float b, float c, float d, float e, float f)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.MultiplyAdd(Polynomial<TLanes, TVector>(x, a, b, c, d, e), x, TLanes.All(f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Polynomial<TLanes, TVector>(TVector x, float a, float b, float c, float d, float e, float f, float g)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.MultiplyAdd(Polynomial<TLanes, TVector>(x, a, b, c, d, e, f), x, TLanes.All(g));
}
