using System.Buffers.Binary;

namespace ModelGen.Cpu;

/// <summary>
/// The random numbers of PyTorch's CPU generator, bit for bit: the Mersenne twister MT19937 (Matsumoto and Nishimura, 1998) with what ATen makes of its
/// words. What <c>torch.manual_seed</c> starts, the same seed starts here.
/// </summary>
public sealed class Mt19937
{
    private const int Words = 624;
    private const int Middle = 397;

    private readonly uint[] _state = new uint[Words];
    private ulong _seed;
    private int _left; // words until the state is made anew, and one
    private int _next;
    private double? _normal; // the second of a pair of normal numbers
    private float? _floatNormal; // the same of float32, which PyTorch keeps and this backend never draws

    /// <summary>Starts as <c>torch.manual_seed</c> does.</summary>
    /// <param name="seed">Any number; the twister takes its lower 32 bits.</param>
    public Mt19937(long seed)
    {
        _seed = (ulong)seed;
        _state[0] = (uint)seed;
        for (var i = 1; i < Words; i++)
            _state[i] = (1812433253 * (_state[i - 1] ^ (_state[i - 1] >> 30))) + (uint)i;
        _left = 1;
    }

    /// <summary>32 random bits.</summary>
    public uint Next()
    {
        if (--_left == 0)
            Refill();
        var word = _state[_next++];
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c5680;
        word ^= (word << 15) & 0xefc60000;
        return word ^ (word >> 18);
    }

    /// <summary>A multiple of 2^-24 from 0 to below 1, all as likely: of a word, the lower 24 bits.</summary>
    public float NextSingle() => (Next() & 0xFFFFFF) * (1f / (1 << 24));

    /// <summary>A multiple of 2^-53 from 0 to below 1, all as likely: of two words, the lower 53 bits.</summary>
    internal double NextDouble()
    {
        var high = (ulong)Next();
        return (((high << 32) | Next()) & ((1UL << 53) - 1)) * (1.0 / (1UL << 53));
    }

    /// <summary>A normal number of mean 0 and deviation 1, by Box and Muller. They come in pairs, of which the second waits.</summary>
    internal double NextNormal()
    {
        if (_normal is { } second)
        {
            _normal = null;
            return second;
        }

        var angle = 2 * Math.PI * NextDouble();
        var length = Math.Sqrt(-2 * LogOfOneMinus(NextDouble()));
        _normal = length * Math.Sin(angle);
        return length * Math.Cos(angle);
    }

    /// <summary>What <c>torch.get_rng_state</c> gives: 5056 bytes, ATen's <c>CPUGeneratorImplState</c>, in which each word has 8.</summary>
    public byte[] State
    {
        get
        {
            var bytes = new byte[Layout.Length];
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, _seed);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Layout.Left), _left);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Layout.IsSeeded), 1);
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(Layout.Next), _next);
            for (var i = 0; i < Words; i++)
                BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(Layout.State + (8 * i)), _state[i]);
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(Layout.Normal), _normal ?? 0);
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(Layout.HasNormal), _normal is null ? 0 : 1);
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(Layout.FloatNormal), _floatNormal ?? 0);
            bytes[Layout.HasFloatNormal] = _floatNormal is null ? (byte)0 : (byte)1;
            return bytes;
        }
    }

    /// <summary>Goes on where <see cref="State"/> or <c>torch.get_rng_state</c> was taken.</summary>
    /// <exception cref="ArgumentException">It is not a state of such a generator.</exception>
    public void Restore(ReadOnlySpan<byte> state)
    {
        if (Fault(state) is { } fault)
            throw new ArgumentException(fault, nameof(state));
        var (left, next) = Place(state);
        (_seed, _left, _next) = (BinaryPrimitives.ReadUInt64LittleEndian(state), left, (int)next);
        for (var i = 0; i < Words; i++)
            _state[i] = (uint)BinaryPrimitives.ReadUInt64LittleEndian(state[(Layout.State + (8 * i))..]);
        _normal = BinaryPrimitives.ReadInt32LittleEndian(state[Layout.HasNormal..]) == 0 ? null : BinaryPrimitives.ReadDoubleLittleEndian(state[Layout.Normal..]);
        _floatNormal = state[Layout.HasFloatNormal] == 0 ? null : BinaryPrimitives.ReadSingleLittleEndian(state[Layout.FloatNormal..]);
    }

    /// <summary>Why bytes are no state of such a generator; null for those that are.</summary>
    internal static string? Fault(ReadOnlySpan<byte> state)
    {
        if (state.Length != Layout.Length)
            return $"The state of a generator has {Layout.Length} bytes, not {state.Length}.";
        var (left, next) = Place(state);
        return (left, next) != (1, 0) && (next is < 1 or > Words || left + next != Words + 1)
            ? $"A generator that has given {next} words can't have {left - 1} left."
            : null;
    }

    private static (int Left, long Next) Place(ReadOnlySpan<byte> state) =>
        (BinaryPrimitives.ReadInt32LittleEndian(state[Layout.Left..]), BinaryPrimitives.ReadInt64LittleEndian(state[Layout.Next..]));

    private void Refill()
    {
        for (var i = 0; i < Words; i++)
        {
            var word = (_state[i] & 0x80000000) | (_state[(i + 1) % Words] & 0x7fffffff);
            _state[i] = _state[(i + Middle) % Words] ^ (word >> 1) ^ ((word & 1) * 0x9908b0df);
        }

        (_left, _next) = (Words, 0);
    }

    /// <summary><c>log1p(-x)</c>, by the quotient that makes up for the rounding of 1 - x (Kahan).</summary>
    private static double LogOfOneMinus(double x)
    {
        var rest = 1 - x;
        return rest == 1 ? -x : Math.Log(rest) * -x / (rest - 1);
    }

    /// <summary>Where the parts of the state are, in bytes.</summary>
    private static class Layout
    {
        public const int Left = 8;
        public const int IsSeeded = 12;
        public const int Next = 16;
        public const int State = 24;
        public const int Normal = State + (8 * Words) + 8; // behind normal_x
        public const int HasNormal = Normal + 16; // behind normal_rho
        public const int FloatNormal = HasNormal + 8;
        public const int HasFloatNormal = FloatNormal + 4;
        public const int Length = 5056;
    }
}
