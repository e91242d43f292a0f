using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Normalises an image, adds another one, and applies the activation to the sum: the end of a residual, for one load of each and one store.</summary>
/// <param name="channels">Channels.</param>
/// <param name="x">The image.</param>
/// <param name="state">The norm's state.</param>
/// <param name="added">What is added.</param>
/// <param name="y">Is given the result.</param>
internal readonly ref struct NormForwardAdded<TActivation>(
    int channels, ReadOnlySpan<float> x, ReadOnlySpan<float> state, ReadOnlySpan<float> added, Span<float> y) : IColumnLoop
    where TActivation : struct, IActivation
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _state = state;
    private readonly ReadOnlySpan<float> _added = added;
    private readonly Span<float> _y = y;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var scale = TLanes.Load(in _state[(NormState.Scale * channels) + column], 0);
        var shift = TLanes.Load(in _state[(NormState.Shift * channels) + column], 0);
        ref var from = ref MemoryMarshal.GetReference(_x);
        ref var other = ref MemoryMarshal.GetReference(_added);
        ref var to = ref MemoryMarshal.GetReference(_y);
        var (pixel, end) = ((nuint)channels, (nuint)_x.Length);
        for (var i = (nuint)column; i < end; i += pixel)
        {
            var sum = TLanes.Add(TLanes.MultiplyAdd(TLanes.Load(in from, i), scale, shift), TLanes.Load(in other, i));
            TLanes.Store(TActivation.Value<TLanes, TVector>(sum), ref to, i);
        }
    }
}
