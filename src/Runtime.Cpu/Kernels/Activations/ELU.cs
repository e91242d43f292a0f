using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>An exponential linear unit, as PyTorch's <c>ELU</c>.</summary>
public interface IELU
{
    /// <summary>What large negative values become, without its sign.</summary>
    public static virtual double Alpha => 1;
}

/// <summary><c>max(x, 0) + min(0, alpha (exp(x) - 1))</c>.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public readonly struct ELU<T> : IActivation
    where T : struct, IELU
{
    static TVector IActivation.Value<TLanes, TVector>(TVector x)
    {
        var below = TLanes.Multiply(Functions.ExpMinusOne<TLanes, TVector>(TLanes.Min(x, TLanes.All(0))), TLanes.All((float)T.Alpha));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), x, below);
    }

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var below = TLanes.Multiply(Functions.Exp<TLanes, TVector>(TLanes.Min(x, TLanes.All(0))), TLanes.All((float)T.Alpha));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), TLanes.All(1), below);
    }
}
