using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>x tanh(ln(1 + exp(x)))</c>.</summary>
public readonly struct Mish : IActivation
{
    // tanh(ln(1 + e)) = n / (n + 2) with n = e (e + 2); above 20 it is 1, and e^2 would overflow later.
    private static TVector Gate<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var e = Functions.Exp<TLanes, TVector>(TLanes.Min(x, TLanes.All(20)));
        var n = TLanes.Multiply(e, TLanes.Add(e, TLanes.All(2)));
        return TLanes.Divide(n, TLanes.Add(n, TLanes.All(2)));
    }

    static TVector IActivation.Value<TLanes, TVector>(TVector x) => TLanes.Multiply(x, Gate<TLanes, TVector>(x));

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var gate = Gate<TLanes, TVector>(x);
        var slope = TLanes.Multiply(TLanes.Subtract(TLanes.All(1), TLanes.Multiply(gate, gate)), Functions.Sigmoid<TLanes, TVector>(x));
        return TLanes.MultiplyAdd(x, slope, gate);
    }
}
