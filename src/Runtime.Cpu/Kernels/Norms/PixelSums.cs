using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>What is added up over pixels, of two values and their channel's centre.</summary>
internal interface IPixelTerm
{
    /// <summary>It.</summary>
    public TVector Value<TLanes, TVector>(TVector left, TVector right, TVector centre)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}

/// <summary>The left value.</summary>
internal readonly struct OfLeft : IPixelTerm
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right, TVector centre)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => left;
}

/// <summary><c>(left - centre)^2</c></summary>
internal readonly struct OfSquaredDistance : IPixelTerm
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right, TVector centre)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var distance = TLanes.Subtract(left, centre);
        return TLanes.Multiply(distance, distance);
    }
}

/// <summary><c>left (right - centre)</c></summary>
internal readonly struct OfDistance : IPixelTerm
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right, TVector centre)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(left, TLanes.Subtract(right, centre));
}

/// <summary><c>left right</c></summary>
internal readonly struct OfProduct : IPixelTerm
{
    public TVector Value<TLanes, TVector>(TVector left, TVector right, TVector centre)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.Multiply(left, right);
}

/// <summary>Sums over all pixels, for each channel. Those of 64 pixels are added up by themselves, so that long sums do not lose the digits of short ones.</summary>
internal static class PixelSums
{
    private const int Block = 64;

    /// <summary>Finds them.</summary>
    /// <param name="term">What is added up.</param>
    /// <param name="left">Pixels of channels.</param>
    /// <param name="right">As many.</param>
    /// <param name="centres">One for each channel.</param>
    /// <param name="sums">Is given one for each channel.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static void Find<TTerm>(TTerm term, ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> centres, Span<float> sums, int lanes)
        where TTerm : struct, IPixelTerm
    {
        var loop = new Loop<TTerm>(term, left, right, centres, sums);
        Lanes.Run(ref loop, sums.Length, lanes);
    }

    private readonly ref struct Loop<TTerm>(
        TTerm term, ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> centres, Span<float> sums) : IValueLoop
        where TTerm : struct, IPixelTerm
    {
        private readonly TTerm _term = term;
        private readonly nuint _length = (nuint)left.Length;
        private readonly nuint _channels = (nuint)sums.Length;
        private readonly ref float _left = ref MemoryMarshal.GetReference(left);
        private readonly ref float _right = ref MemoryMarshal.GetReference(right);
        private readonly ref float _centres = ref MemoryMarshal.GetReference(centres);
        private readonly ref float _sums = ref MemoryMarshal.GetReference(sums);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (term, channels) = (_term, _channels);
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var (centre, total) = (TLanes.Load(in _centres, i), TLanes.All(0));
                for (var at = i; at < _length;)
                {
                    var sum = TLanes.All(0);
                    for (var blockEnd = Math.Min(_length, at + (Block * channels)); at < blockEnd; at += channels)
                        sum = TLanes.Add(sum, term.Value<TLanes, TVector>(TLanes.Load(in _left, at), TLanes.Load(in _right, at), centre));
                    total = TLanes.Add(total, sum);
                }

                TLanes.Store(total, ref _sums, i);
            }
        }
    }
}
