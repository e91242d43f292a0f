using ModelGen.Cpu.Kernels;

namespace ModelGen.Tests.Cpu;

/// <summary>What dropouts drop is a function of seed and index, and is as often as said.</summary>
public sealed class DropoutTests
{
    private static readonly float[] Ones = [.. Enumerable.Repeat(1f, Layer.Length)];

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void A_share_of_the_values_is_dropped_and_the_others_keep_the_mean(int lanes)
    {
        var y = Referee.Unwritten(Layer.Length);
        Dropout<Layer>.Forward(Ones, 7, y, lanes);
        Assert.All(y, value => Assert.True(value is 0 or 1 / (1 - 0.3f)));
        Assert.Equal(0.3, y.Count(value => value == 0) / (double)y.Length, 0.01); // five standard deviations
    }

    [Theory, MemberData(nameof(Widths))]
    public void Every_width_drops_the_same(int lanes)
    {
        var (y, scalar) = (Referee.Unwritten(Layer.Length), Referee.Unwritten(Layer.Length));
        Dropout<Layer>.Forward(Ones, 7, y, lanes);
        Dropout<Layer>.Forward(Ones, 7, scalar, 1);
        Assert.Equal(scalar, y);
    }

    [Fact]
    public void The_gradient_flows_where_values_were_kept()
    {
        var (y, dx) = (Referee.Unwritten(Layer.Length), Referee.Unwritten(Layer.Length));
        Dropout<Layer>.Forward(Ones, 7, y);
        Dropout<Layer>.Backward(Ones, 7, dx);
        Assert.Equal(y, dx);
    }

    [Fact]
    public void Neighbouring_seeds_and_indices_are_independent()
    {
        var kept = Enumerable.Range(0, 8).Select(seed => Kept((ulong)seed)).ToArray();
        for (var seed = 1; seed < kept.Length; seed++)
            Assert.Equal(0.49, Share(kept[0].Zip(kept[seed], (one, other) => one && other)), 0.015);
        Assert.Equal(0.49, Share(kept[0].Zip(kept[0].Skip(1), (one, next) => one && next)), 0.015);
        Assert.Equal(0.49, Share(kept[0].Zip(kept[0].Skip(16), (one, next) => one && next)), 0.015);
    }

    [Fact]
    public void Numbers_are_uniform()
    {
        var counts = new int[16];
        for (var i = 0u; i < 16_000; i++)
            counts[(int)(new Noise(3).At(i) * 16)]++;
        Assert.All(counts, count => Assert.InRange(count, 850, 1150)); // five standard deviations
    }

    [Fact]
    public void Infinite_values_are_dropped_too()
    {
        var y = Referee.Unwritten(Layer.Length);
        Dropout<Layer>.Forward([.. Enumerable.Repeat(float.PositiveInfinity, Layer.Length)], 7, y);
        Assert.All(y, value => Assert.True(value is 0 or float.PositiveInfinity));
        Dropout<All>.Forward([1, 2, 3], 7, y.AsSpan(0, 3));
        Assert.Equal([0, 0, 0], y[..3]);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Whole_channels_of_an_image_are_dropped(int lanes)
    {
        var y = Referee.Unwritten(Layer.Length);
        ChannelDropout<Layer>.Forward(Ones, 7, y, lanes);
        var channels = Enumerable.Range(0, Layer.Channels).Select(channel => y.Where((_, i) => i % Layer.Channels == channel).Distinct().ToArray()).ToArray();
        Assert.All(channels, values => Assert.Single(values));
        Assert.Equal(0.3, Share(channels.Select(values => values[0] == 0)), 0.07);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Whole_channels_of_a_signal_are_dropped(int lanes)
    {
        var y = Referee.Unwritten(Layer.Length);
        ChannelDropout<Signal>.Forward(Ones, 7, y, lanes);
        var channels = y.Chunk(Signal.Inner).Select(values => values.Distinct().ToArray()).ToArray();
        Assert.Equal(Signal.Channels, channels.Length);
        Assert.All(channels, values => Assert.Single(values));
        Assert.Equal(0.3, Share(channels.Select(values => values[0] == 0)), 0.1);
    }

    [Fact]
    public void Stochastic_depth_drops_whole_samples()
    {
        var samples = Enumerable.Range(0, 2000).Select(seed =>
        {
            var y = Referee.Unwritten(Layer.Length);
            DropPath<Layer>.Forward(Ones, (ulong)seed, y);
            return Assert.Single(y.Distinct());
        }).ToArray();
        Assert.All(samples, value => Assert.True(value is 0 or 1 / (1 - 0.3f)));
        Assert.Equal(0.3, Share(samples.Select(value => value == 0)), 0.05);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Alpha_dropout_keeps_mean_0_and_variance_1(int lanes)
    {
        // A normal distribution by its quantiles would do as well; a uniform one has mean and variance exactly.
        var x = Enumerable.Range(0, Layer.Length).Select(i => (float)(Math.Sqrt(3) * ((2 * (i + 0.5) / Layer.Length) - 1))).ToArray();
        var (y, dx) = (Referee.Unwritten(x.Length), Referee.Unwritten(x.Length));
        AlphaDropout<Layer>.Forward(x, 7, y, lanes);
        AlphaDropout<Layer>.Backward(Ones, 7, dx, lanes);
        var mean = y.Average(value => (double)value);
        Assert.Equal(0, mean, 0.03);
        Assert.Equal(1, y.Average(value => (value - mean) * (value - mean)), 0.03);

        var dropped = y.GroupBy(value => value).Single(group => group.Count() > Layer.Length / 10).Key;
        Assert.Equal(y.Select(value => value == dropped), dx.Select(value => value == 0));
        Assert.Single(dx.Where(value => value != 0).Distinct());
    }

    private static bool[] Kept(ulong seed)
    {
        var y = Referee.Unwritten(Layer.Length);
        Dropout<Layer>.Forward(Ones, seed, y);
        return [.. y.Select(value => value != 0)];
    }

    private static double Share(IEnumerable<bool> values) => values.Average(value => value ? 1.0 : 0);

    private readonly struct Layer : IChannelDropout
    {
        public static int Length => 50 * Channels;

        public static double Probability => 0.3;

        public static int Channels => 1025;
    }

    private readonly struct Signal : IChannelDropout
    {
        public static int Length => Layer.Length;

        public static double Probability => 0.3;

        public static int Channels => Length / Inner;

        public static int Inner => 25;
    }

    private readonly struct All : IDropout
    {
        public static int Length => 3;

        public static double Probability => 1;
    }
}
