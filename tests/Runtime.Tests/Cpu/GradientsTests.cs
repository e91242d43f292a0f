using ModelGen.Cpu;

namespace ModelGen.Tests.Cpu;

public sealed class GradientsTests
{
    [Fact]
    public void A_norm_above_the_longest_is_shortened_to_it_as_PyTorch_does()
    {
        var parameters = Of([3, 0, 4, 0, 0], [12]);

        Gradients.ClipNorm(parameters, 6.5);

        // clip_grad_norm_ multiplies by max_norm / (norm + 1e-6), and the norm is 13.
        Assert.All(Values(parameters).Zip([3, 0, 4, 0, 0, 12.0]), pair => Assert.Equal(pair.Second * 6.5 / (13 + 1e-6), pair.First, 1e-6));
    }

    [Theory]
    [InlineData(13)]
    [InlineData(14)]
    public void A_norm_below_it_stays(double max)
    {
        var parameters = Of([3, 0, 4], [12]);

        Gradients.ClipNorm(parameters, max);

        Assert.All(Values(parameters).Zip([3f, 0, 4, 12]), pair => Assert.Equal(pair.Second, pair.First, 1e-5f));
    }

    [Fact]
    public void Gradients_of_nothing_stay_nothing()
    {
        var parameters = Of([0, 0]);

        Gradients.ClipNorm(parameters, 1);

        Assert.Equal([0, 0], Values(parameters));
    }

    [Fact]
    public void Values_are_cut_to_their_range()
    {
        var parameters = Of([3, -0.5f, -4], [0.25f]);

        Gradients.ClipValue(parameters, 0.5);

        Assert.Equal([0.5f, -0.5f, -0.5f, 0.25f], Values(parameters));
    }

    [Fact]
    public void What_is_not_trained_has_no_gradient_to_clip()
    {
        Parameter[] parameters = [new("bn1.running_mean", [2], isTrained: false), .. Of([3, 4])];

        Gradients.ClipNorm(parameters, 1);
        Gradients.ClipValue(parameters, 0.7);

        Assert.Equal([0.6f, 0.7f], Values(parameters), (left, right) => Math.Abs(left - right) < 1e-6);
    }

    private static float[] Values(Parameter[] parameters) => [.. parameters.SelectMany(parameter => parameter.Gradient)];

    private static Parameter[] Of(params float[][] gradients) =>
    [
        .. gradients.Select((gradient, i) =>
        {
            var parameter = new Parameter($"p{i}", [gradient.Length]);
            gradient.CopyTo(parameter.Gradient, 0);
            return parameter;
        }),
    ];
}
