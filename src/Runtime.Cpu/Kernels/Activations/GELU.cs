using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>x (1 + erf(x / sqrt(2))) / 2</c>: x times the normal distribution function of x.</summary>
public readonly struct GELU : IActivation
{
    private static TVector Share<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var half = TLanes.All(0.5f);
        return TLanes.MultiplyAdd(half, Functions.Erf<TLanes, TVector>(TLanes.Multiply(x, TLanes.All(0.70710678118654752440f))), half);
    }

    static TVector IActivation.Value<TLanes, TVector>(TVector x) => TLanes.Multiply(x, Share<TLanes, TVector>(x));

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var density = TLanes.Multiply(
            Functions.Exp<TLanes, TVector>(TLanes.Multiply(TLanes.Multiply(x, x), TLanes.All(-0.5f))),
            TLanes.All(0.39894228040143267794f)); // 1 / sqrt(2 pi)
        return TLanes.MultiplyAdd(x, density, Share<TLanes, TVector>(x));
    }
}
