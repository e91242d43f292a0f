using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Makes the gradient of a residual's end into that of the sum before its activation, in the same place: it is the gradient of both that were added. Adds up,
/// for each channel, these gradients and their products with <c>x - mean</c>, which the norm needs of its own.
/// </summary>
/// <param name="channels">Channels.</param>
/// <param name="dy">The gradient of the result; is given that of the sum.</param>
/// <param name="x">The norm's image.</param>
/// <param name="y">The result, of which the activation's derivative follows.</param>
/// <param name="state">The norm's state.</param>
/// <param name="sums">The sums, then those of the products.</param>
internal readonly ref struct NormGradientSumsAdded<TActivation>(int channels, Span<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> state, Span<double> sums) : IColumnLoop
    where TActivation : struct, IActivation
{
    // Pixels whose gradients are added in float32, before their sum is added in float64.
    private const int Block = 512;

    private readonly Span<float> _dy = dy;
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _y = y;
    private readonly ReadOnlySpan<float> _state = state;
    private readonly Span<double> _sums = sums;

    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (var first = 0; first < _x.Length; first += Block * channels)
        {
            var (sum, product) = Pixels<TLanes, TVector>(first + column, Math.Min(_x.Length, first + (Block * channels)), column);
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
        var mean = TLanes.Load(in _state[(NormState.Mean * channels) + column], 0);
        TVector sum = TLanes.All(0), product = sum;
        ref var gradient = ref MemoryMarshal.GetReference(_dy);
        ref var from = ref MemoryMarshal.GetReference(_x);
        ref var result = ref MemoryMarshal.GetReference(_y);
        var pixel = (nuint)channels;
        for (var i = (nuint)first; i < (nuint)end; i += pixel)
        {
            var dz = TLanes.Multiply(TLanes.Load(in gradient, i), TActivation.Derivative<TLanes, TVector>(TLanes.Load(in result, i)));
            TLanes.Store(dz, ref gradient, i);
            sum = TLanes.Add(sum, dz);
            product = TLanes.MultiplyAdd(dz, TLanes.Subtract(TLanes.Load(in from, i), mean), product);
        }

        return (sum, product);
    }
}
