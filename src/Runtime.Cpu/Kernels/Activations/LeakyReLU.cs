namespace ModelGen.Cpu.Kernels;

/// <summary>A rectified linear unit with a slope below zero, as PyTorch's <c>LeakyReLU</c>.</summary>
public interface ILeakyReLU
{
    /// <summary>The slope below zero.</summary>
    public static virtual double NegativeSlope => 0.01;
}

/// <summary><c>max(x, 0) + slope min(x, 0)</c>.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public readonly struct LeakyReLU<T> : IActivation
    where T : struct, ILeakyReLU
{
    static bool IActivation.IsShort => true;

    static TVector IActivation.Value<TLanes, TVector>(TVector x) =>
        TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), x, TLanes.Multiply(x, TLanes.All((float)T.NegativeSlope)));

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x) =>
        TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), TLanes.All(1), TLanes.All((float)T.NegativeSlope));
}
