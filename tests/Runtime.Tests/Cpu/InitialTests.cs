using ModelGen.Cpu;
using ModelGen.Tests.Torch;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>A seed gives a network the same weights in both backends.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class InitialTests
{
    public InitialTests() => LibTorch.Configure(0, 1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(int.MaxValue)]
    public void Layers_made_one_after_the_other_start_from_libtorchs_weights_to_the_bit(int seed)
    {
        random.manual_seed(seed).Dispose();
        using var conv = nn.Conv2d(3, 16, 5);
        using var grouped = nn.Conv2d(8, 8, 3, groups: 8, bias: false);
        using var transposed = nn.ConvTranspose2d(4, 6, 3);
        using var linear = nn.Linear(1568, 10);

        var generator = new Mt19937(seed);
        var (convWeight, convBias) = (Of([16, 3, 5, 5]), Of([16]));
        Initial.KaimingUniform(generator, convWeight);
        Initial.BiasUniform(generator, convBias, convWeight);
        var groupedWeight = Of([8, 1, 3, 3]);
        Initial.KaimingUniform(generator, groupedWeight);
        var (transposedWeight, transposedBias) = (Of([4, 6, 3, 3]), Of([6]));
        Initial.KaimingUniform(generator, transposedWeight);
        Initial.BiasUniform(generator, transposedBias, transposedWeight);
        var (linearWeight, linearBias) = (Of([10, 1568]), Of([10]));
        Initial.KaimingUniform(generator, linearWeight);
        Initial.BiasUniform(generator, linearBias, linearWeight);

        Assert.Equal(Values(conv.weight), convWeight.Values);
        Assert.Equal(Values(conv.bias!), convBias.Values);
        Assert.Equal(Values(grouped.weight), groupedWeight.Values);
        Assert.Equal(Values(transposed.weight), transposedWeight.Values);
        Assert.Equal(Values(transposed.bias!), transposedBias.Values);
        Assert.Equal(Values(linear.weight!), linearWeight.Values);
        Assert.Equal(Values(linear.bias!), linearBias.Values);
    }

    [Theory]
    [InlineData(2, 3)] // Fewer than 16: one by one, in pairs.
    [InlineData(5, 3)] // An odd pair is left for the next tensor.
    [InlineData(4, 4)]
    [InlineData(7, 5)] // No multiple of 16.
    [InlineData(100, 64)]
    public void An_embedding_has_libtorchs_to_the_last_digits(int rows, int width)
    {
        random.manual_seed(7).Dispose();
        using var first = nn.Embedding(rows, width);
        using var second = nn.Embedding(3, 3);
        using var third = nn.init.normal_(empty(20), 0.5, 0.02);

        var generator = new Mt19937(7);
        Parameter[] drawn = [Of([rows, width]), Of([3, 3]), Of([20])];
        Initial.Normal(generator, drawn[0]);
        Initial.Normal(generator, drawn[1]);
        Initial.Normal(generator, drawn[2], mean: 0.5, std: 0.02);

        AssertClose(Values(first.weight!), drawn[0].Values);
        AssertClose(Values(second.weight!), drawn[1].Values);
        AssertClose(Values(third), drawn[2].Values);
    }

    [Fact]
    public void An_attentions_projection_is_libtorchs()
    {
        random.manual_seed(3).Dispose();
        using var expected = nn.init.xavier_uniform_(empty(24, 8));
        var weight = Of([24, 8]);

        Initial.XavierUniform(new Mt19937(3), weight);

        Assert.Equal(Values(expected), weight.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(623)]
    [InlineData(624)]
    [InlineData(1000)]
    public void The_state_of_the_generator_is_libtorchs_and_moves_both_ways(int drawn)
    {
        random.manual_seed(11).Dispose();
        var generator = new Mt19937(11);
        var single = Of([1]);
        if (drawn > 0)
            rand(drawn).Dispose();
        for (var i = 0; i < drawn; i++)
            generator.Next();
        nn.init.normal_(empty(1)).Dispose();
        Initial.Normal(generator, single);

        using var state = get_rng_state();
        var bytes = generator.State;
        var torchs = state.data<byte>().ToArray();

        // The second of a pair of normal numbers is computed, and the same but for its last digits.
        Assert.Equal(torchs[..5024], bytes[..5024]);
        Assert.Equal(BitConverter.ToDouble(torchs, 5024), BitConverter.ToDouble(bytes, 5024), 1e-14);
        Assert.Equal(torchs[5032..], bytes[5032..]);

        using var restored = tensor(bytes);
        set_rng_state(restored);
        using var normals = nn.init.normal_(empty(1));
        using var uniform = rand(1000);
        var other = new Mt19937(0);
        other.Restore(torchs);
        Initial.Normal(other, single);
        AssertClose(Values(normals), single.Values);
        Assert.All(Values(uniform), value => Assert.Equal(value, other.NextSingle()));
    }

    [Fact]
    public void What_is_no_state_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new Mt19937(1).Restore(new byte[16]));
        Assert.Throws<ArgumentException>(() => new Mt19937(1).Restore(new byte[5056]));
    }

    private static Parameter Of(int[] shape) => new("weight", shape);

    private static float[] Values(Tensor tensor) => tensor.detach().data<float>().ToArray();

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-6 * Math.Max(1, Math.Abs(pair.First))));
    }
}
