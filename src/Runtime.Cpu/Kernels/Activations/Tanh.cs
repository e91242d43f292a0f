using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The hyperbolic tangent.</summary>
public readonly struct Tanh : IActivation
{
    static TVector IActivation.Value<TLanes, TVector>(TVector x) => Functions.Tanh<TLanes, TVector>(x);

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var y = Functions.Tanh<TLanes, TVector>(x);
        return TLanes.Subtract(TLanes.All(1), TLanes.Multiply(y, y));
    }
}
