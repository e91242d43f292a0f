using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A smooth rectified linear unit, as PyTorch's <c>Softplus</c>.</summary>
public interface ISoftplus
{
    /// <summary>How sharply it bends at zero.</summary>
    public static virtual double Beta => 1;

    /// <summary>Where beta x is above it, x itself comes out: exp would overflow.</summary>
    public static virtual double Threshold => 20;
}

/// <summary><c>ln(1 + exp(beta x)) / beta</c>, and x itself where beta x is above the threshold.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public readonly struct Softplus<T> : IActivation
    where T : struct, ISoftplus
{
    static TVector IActivation.Value<TLanes, TVector>(TVector x)
    {
        var bent = TLanes.Multiply(x, TLanes.All((float)T.Beta));
        var threshold = TLanes.All((float)T.Threshold);
        var y = Functions.LogOnePlus<TLanes, TVector>(Functions.Exp<TLanes, TVector>(TLanes.Min(bent, threshold)));
        return TLanes.Select(TLanes.GreaterThan(bent, threshold), x, TLanes.Multiply(y, TLanes.All((float)(1 / T.Beta))));
    }

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var bent = TLanes.Multiply(x, TLanes.All((float)T.Beta));
        return TLanes.Select(TLanes.GreaterThan(bent, TLanes.All((float)T.Threshold)), TLanes.All(1), Functions.Sigmoid<TLanes, TVector>(bent));
    }
}
