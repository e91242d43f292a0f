using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Normalises an image, takes the largest value of each window, and applies the activation: for one that never falls, which gives the same before the pool.</summary>
/// <param name="shape">The image and the windows.</param>
/// <param name="x">The image.</param>
/// <param name="state">The norm's state.</param>
/// <param name="y">Is given the pooled image.</param>
internal readonly ref struct NormForward<TActivation>(PooledShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> y) : IColumnLoop
    where TActivation : struct, IActivation
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _state = state;
    private readonly Span<float> _y = y;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var scale = TLanes.Load(in _state[(NormState.Scale * shape.Channels) + column], 0);
        var shift = TLanes.Load(in _state[(NormState.Shift * shape.Channels) + column], 0);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), column);
        var (pixel, row, pool) = ((nuint)shape.Channels, (nuint)(shape.Width * shape.Channels), shape.Pool);
        var (height, width) = (shape.OutHeight, shape.OutWidth);
        for (var y = 0; y < height; y++)
        {
            ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), (y * pool * (int)row) + column);
            for (var x = 0; x < width; x++)
            {
                var most = TLanes.MultiplyAdd(TLanes.Load(in from, 0), scale, shift);
                if (pool == 2)
                {
                    var right = TLanes.MultiplyAdd(TLanes.Load(in from, pixel), scale, shift);
                    var below = TLanes.MultiplyAdd(TLanes.Load(in from, row), scale, shift);
                    var across = TLanes.MultiplyAdd(TLanes.Load(in from, row + pixel), scale, shift);
                    most = TLanes.Max(TLanes.Max(most, right), TLanes.Max(below, across));
                }
                else if (pool > 2)
                {
                    most = Most<TLanes, TVector>(in from, scale, shift, most);
                }

                TLanes.Store(TActivation.Value<TLanes, TVector>(most), ref to, 0);
                from = ref Unsafe.Add(ref from, (nuint)pool * pixel);
                to = ref Unsafe.Add(ref to, pixel);
            }
        }
    }

    private TVector Most<TLanes, TVector>(ref readonly float window, TVector scale, TVector shift, TVector first)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var most = first;
        for (var i = 1; i < shape.Pool * shape.Pool; i++)
            most = TLanes.Max(most, TLanes.MultiplyAdd(TLanes.Load(in window, shape.Under(i)), scale, shift));
        return most;
    }
}
