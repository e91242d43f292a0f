using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>exp(left - shift)</c></summary>
internal readonly struct Exponential(float shift) : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => Functions.Exp<TLanes, TVector>(TLanes.Subtract(left, TLanes.All(shift)));
}

/// <summary><c>left - largest - logarithm</c>: one after the other, for the sum of both may be large and have no digits left for the logarithm.</summary>
internal readonly struct LogSoftmaxValue(float largest, float logarithm) : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Subtract(TLanes.Subtract(left, TLanes.All(largest)), TLanes.All(logarithm));
}

/// <summary>A softmax's gradient, of its output's and its output: <c>y (dy - sum(y dy))</c>.</summary>
internal readonly struct SoftmaxGradient(float sum) : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(right, TLanes.Subtract(left, TLanes.All(sum)));
}

/// <summary>A log-softmax's gradient, of its output's and its output: <c>dy - exp(y) sum(dy)</c>.</summary>
internal readonly struct LogSoftmaxGradient(float sum) : IPairing
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.MultiplyAdd(Functions.Exp<TLanes, TVector>(right), TLanes.All(-sum), left);
}
