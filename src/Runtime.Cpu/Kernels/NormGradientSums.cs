using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Adds up, for each channel, the gradients of the normalised values and their products with <c>x - mean</c>.</summary>
/// <param name="channels">Channels.</param>
/// <param name="dy">The gradient of the pooled image.</param>
/// <param name="x">The values that it is the gradient of before they were normalised: of each window the winner.</param>
/// <param name="state">The norm's state.</param>
/// <param name="sums">The sums, then those of the products.</param>
internal readonly ref struct NormGradientSums<TActivation>(
    int channels, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<double> sums) : IColumnLoop
    where TActivation : struct, IActivation
{
    private readonly ReadOnlySpan<float> _dy = dy;
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _state = state;
    private readonly Span<double> _sums = sums;

    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var first = 0; first < _x.Length; first += LaneSums.Block * channels)
        {
            var (sum, product) = Pixels<TLanes, TVector>(first + column, Math.Min(_x.Length, first + (LaneSums.Block * channels)), column);
            LaneSums.Add<TLanes, TVector>(sum, _sums[column..]);
            LaneSums.Add<TLanes, TVector>(product, _sums[(channels + column)..]);
        }
    }

    // By itself, because nothing stays in registers in a loop that calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private (TVector Sum, TVector Product) Pixels<TLanes, TVector>(int first, int end, int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var scale = TLanes.Load(in _state[(NormState.Scale * channels) + column], 0);
        var shift = TLanes.Load(in _state[(NormState.Shift * channels) + column], 0);
        var mean = TLanes.Load(in _state[(NormState.Mean * channels) + column], 0);
        TVector sum = TLanes.All(0), product = sum;
        ref var gradient = ref MemoryMarshal.GetReference(_dy);
        ref var from = ref MemoryMarshal.GetReference(_x);
        var pixel = (nuint)channels;
        for (var i = (nuint)first; i < (nuint)end; i += pixel)
        {
            var value = TLanes.Load(in from, i);
            var dz = TLanes.Multiply(TLanes.Load(in gradient, i), TActivation.Derivative<TLanes, TVector>(TLanes.MultiplyAdd(value, scale, shift)));
            sum = TLanes.Add(sum, dz);
            product = TLanes.MultiplyAdd(dz, TLanes.Subtract(value, mean), product);
        }

        return (sum, product);
    }
}
