using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>scale (max(x, 0) + min(0, alpha (exp(x) - 1)))</c>, which keeps mean 0 and variance 1 (Klambauer et al. 2017).</summary>
public readonly struct SELU : IActivation
{
    private const float Alpha = 1.6732632423543772848170429916717f;
    private const float Scale = 1.0507009873554804934193349852946f;

    static TVector IActivation.Value<TLanes, TVector>(TVector x)
    {
        var below = TLanes.Multiply(Functions.ExpMinusOne<TLanes, TVector>(TLanes.Min(x, TLanes.All(0))), TLanes.All(Scale * Alpha));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), TLanes.Multiply(x, TLanes.All(Scale)), below);
    }

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var below = TLanes.Multiply(Functions.Exp<TLanes, TVector>(TLanes.Min(x, TLanes.All(0))), TLanes.All(Scale * Alpha));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), TLanes.All(Scale), below);
    }
}
