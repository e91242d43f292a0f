namespace ModelGen.Cpu.Kernels;

/// <summary><c>x min(max(x + 3, 0), 6) / 6</c>.</summary>
public readonly struct Hardswish : IActivation
{
    static bool IActivation.IsShort => true;

    static TVector IActivation.Value<TLanes, TVector>(TVector x)
    {
        var clipped = TLanes.Min(TLanes.Max(TLanes.Add(x, TLanes.All(3)), TLanes.All(0)), TLanes.All(6));
        return TLanes.Multiply(TLanes.Multiply(x, clipped), TLanes.All(1 / 6f));
    }

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x)
    {
        var between = TLanes.MultiplyAdd(x, TLanes.All(1 / 3f), TLanes.All(0.5f));
        var below = TLanes.Select(TLanes.GreaterThan(TLanes.All(3), x), between, TLanes.All(1));
        return TLanes.Select(TLanes.GreaterThan(x, TLanes.All(-3)), below, TLanes.All(0));
    }
}
