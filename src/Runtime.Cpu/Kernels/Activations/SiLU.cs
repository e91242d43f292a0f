using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>x sigmoid(x)</c>.</summary>
public readonly struct SiLU : IActivation
{
    static TVector IActivation.Value<TLanes, TVector>(TVector x) => TLanes.Multiply(x, Functions.Sigmoid<TLanes, TVector>(x));

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var gate = Functions.Sigmoid<TLanes, TVector>(x);
        var slope = TLanes.Multiply(x, TLanes.Subtract(TLanes.All(1), gate));
        return TLanes.MultiplyAdd(gate, slope, gate);
    }
}
