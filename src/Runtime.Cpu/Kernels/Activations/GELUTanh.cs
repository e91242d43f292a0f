using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))</c>: PyTorch's GELU with <c>approximate="tanh"</c>.</summary>
public readonly struct GELUTanh : IActivation
{
    private const float Root = 0.79788456080286535588f; // sqrt(2 / pi)
    private const float Cubic = 0.044715f;

    private static TVector Inner<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var scaled = TLanes.Multiply(x, TLanes.All(Root));
        return Functions.Tanh<TLanes, TVector>(TLanes.MultiplyAdd(TLanes.Multiply(scaled, TLanes.Multiply(x, x)), TLanes.All(Cubic), scaled));
    }

    static TVector IActivation.Value<TLanes, TVector>(TVector x)
    {
        var half = TLanes.Multiply(x, TLanes.All(0.5f));
        return TLanes.MultiplyAdd(half, Inner<TLanes, TVector>(x), half);
    }

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var half = TLanes.All(0.5f);
        var tanh = Inner<TLanes, TVector>(x);
        var inside = TLanes.Multiply(TLanes.MultiplyAdd(TLanes.Multiply(x, x), TLanes.All(3 * Cubic), TLanes.All(1)), TLanes.All(Root));
        var slope = TLanes.Multiply(TLanes.Subtract(TLanes.All(1), TLanes.Multiply(tanh, tanh)), inside);
        return TLanes.MultiplyAdd(half, TLanes.MultiplyAdd(x, slope, tanh), half);
    }
}
