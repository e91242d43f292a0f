using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>1 / (1 + exp(-x))</c>.</summary>
public readonly struct Sigmoid : IActivation
{
    static TVector IActivation.Value<TLanes, TVector>(TVector x) => Functions.Sigmoid<TLanes, TVector>(x);

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var y = Functions.Sigmoid<TLanes, TVector>(x);
        return TLanes.Multiply(y, TLanes.Subtract(TLanes.All(1), y));
    }
}
