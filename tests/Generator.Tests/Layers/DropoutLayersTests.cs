using CsCheck;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Dropouts of whole channels, and the one that keeps mean and variance.</summary>
[Collection("Torch")]
public sealed class DropoutLayersTests : ILayerFamily
{
    public DropoutLayersTests() => LibTorch.Configure(threads: 0, seed: 5);

    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        ("[4, 6]", "Dropout1d(0.25), AlphaDropout(0.125)", """{ "dropout1d": 0.25 }, { "alpha_dropout": 0.125 }"""),
        ("[4, 6, 5]", "Dropout2d(0.75), AlphaDropout", """{ "dropout2d": 0.75 }, "alpha_dropout" """),
    ];

    [Fact]
    public void Takes_signals_or_images() => Gen.Select(Gen.Int[1, 4].Array[1, 4], Gen.Int[1, 2]).Sample((sizes, directions) => ShapeRule.AssertSame(
        [.. sizes.Select(size => (long)size)],
        ShapeRule.Layer($"dropout{directions}d"),
        () => directions == 1 ? nn.Dropout1d() : nn.Dropout2d(),
        // TorchSharp takes these as images without a batch, PyTorch as signals.
        refusedAlone: directions == 2 && sizes.Length != 3), iter: 200);

    [Theory]
    [InlineData(1), InlineData(2)]
    public void Drops_whole_channels_of_a_sample(int directions)
    {
        using var scope = NewDisposeScope();
        nn.Module<Tensor, Tensor> dropout = directions == 1 ? nn.Dropout1d(0.25) : nn.Dropout2d(0.25);
        var channels = dropout.call(ones(directions == 1 ? [100, 50, 8] : [100, 50, 2, 4])).reshape(5000, 8);

        Assert.True(channels.max(1).values.Equals(channels.min(1).values));
        var kept = channels.amax([1L]).data<float>().ToArray();
        Assert.All(kept, value => Assert.True(value == 0 || Math.Abs(value - (1 / 0.75)) < 1e-6));
        Assert.Equal(0.25, kept.Count(value => value == 0) / 5000.0, 0.02);
    }

    [Fact]
    public void Alpha_dropout_keeps_mean_and_variance()
    {
        using var scope = NewDisposeScope();
        var output = nn.AlphaDropout(0.25).call(randn(200_000));

        Assert.Equal(0, output.mean().item<float>(), 0.01);
        Assert.Equal(1, output.var().item<float>(), 0.02);
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public void The_ends_of_p_are_sound(double p)
    {
        using var scope = NewDisposeScope();
        foreach (nn.Module<Tensor, Tensor> dropout in new nn.Module<Tensor, Tensor>[] { nn.Dropout1d(p), nn.Dropout2d(p), nn.AlphaDropout(p) })
        {
            var input = dropout is TorchSharp.Modules.Dropout1d ? ones(2, 3, 4) : ones(2, 3, 4, 5);
            Assert.Equal(1 - p, dropout.call(input).mean().item<float>(), 1e-6);
            dropout.eval();
            var output = dropout.call(input);
            Assert.NotSame(input, output);
            Assert.True(output.Equals(input));
        }
    }
}
