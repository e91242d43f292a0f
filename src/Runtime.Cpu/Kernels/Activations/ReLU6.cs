namespace ModelGen.Cpu.Kernels;

/// <summary><c>min(max(x, 0), 6)</c>.</summary>
public readonly struct ReLU6 : IActivation
{
    static bool IActivation.IsShort => true;

    static TVector IActivation.Value<TLanes, TVector>(TVector x) => TLanes.Min(TLanes.Max(x, TLanes.All(0)), TLanes.All(6));

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var below = TLanes.Select(TLanes.GreaterThan(TLanes.All(6), x), TLanes.All(1), TLanes.All(0));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), below, TLanes.All(0));
    }
}
