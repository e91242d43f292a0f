using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>What is made of two values in the same place.</summary>
internal interface IPairing
{
    /// <summary>It.</summary>
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>The left value alone.</summary>
internal readonly struct Left : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => left;
}

/// <summary>The sum.</summary>
internal readonly struct Sum : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Add(left, right);
}

/// <summary>The product.</summary>
internal readonly struct Product : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(left, right);
}

/// <summary>The larger one.</summary>
internal readonly struct Maximum : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Max(left, right);
}

/// <summary>The left value times a factor.</summary>
internal readonly struct Scaled(float factor) : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(left, TLanes.All(factor));
}

/// <summary>The right value plus the left one times a factor.</summary>
internal readonly struct ScaledAddition(float factor) : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.MultiplyAdd(left, TLanes.All(factor), right);
}

/// <summary>A gradient on the left times an activation's derivative on the right.</summary>
internal readonly struct Chained<TActivation> : IPairing
    where TActivation : struct, IActivation
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(left, TActivation.Derivative<TLanes, TVector>(right));
}
