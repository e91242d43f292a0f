using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A continuously differentiable exponential linear unit, as PyTorch's <c>CELU</c>.</summary>
public interface ICELU
{
    /// <summary>What large negative values become, without its sign.</summary>
    public static virtual double Alpha => 1;
}

/// <summary><c>max(x, 0) + min(0, alpha (exp(x / alpha) - 1))</c>.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public readonly struct CELU<T> : IActivation
    where T : struct, ICELU
{
    static TVector IActivation.Value<TLanes, TVector>(TVector x)
    {
        var below = Functions.ExpMinusOne<TLanes, TVector>(TLanes.Multiply(TLanes.Min(x, TLanes.All(0)), TLanes.All((float)(1 / T.Alpha))));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), x, TLanes.Multiply(below, TLanes.All((float)T.Alpha)));
    }

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x) =>
        Functions.Exp<TLanes, TVector>(TLanes.Multiply(TLanes.Min(x, TLanes.All(0)), TLanes.All((float)(1 / T.Alpha))));
}
