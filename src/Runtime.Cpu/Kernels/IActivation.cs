using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A function of each value by itself. Kernels take it as a type, so that it becomes part of their inner loops.</summary>
public interface IActivation
{
    /// <summary>
    /// Whether it is a few instructions. Those a convolution computes while its results are in registers; a longer one would not fit in beside them, and is
    /// computed when all results are there.
    /// </summary>
    internal static virtual bool IsShort => false;

    /// <summary>The function.</summary>
    internal static abstract TVector Value<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;

    /// <summary>Its derivative at <paramref name="x"/>, the function's input; at a kink PyTorch's choice.</summary>
    internal static abstract TVector Derivative<TLanes, TVector>(TVector x)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>The value itself: a kernel that takes an activation, without one.</summary>
public readonly struct Identity : IActivation
{
    static bool IActivation.IsShort => true;

    static TVector IActivation.Value<TLanes, TVector>(TVector x) => x;

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x) => TLanes.All(1);
}

/// <summary><c>max(x, 0)</c>.</summary>
public readonly struct ReLU : IActivation
{
    static bool IActivation.IsShort => true;

    static TVector IActivation.Value<TLanes, TVector>(TVector x) => TLanes.Max(x, TLanes.All(0));

    static TVector IActivation.Derivative<TLanes, TVector>(TVector x) => TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), TLanes.All(1), TLanes.All(0));
}
