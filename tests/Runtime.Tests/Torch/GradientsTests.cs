using ModelGen.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class GradientsTests : IDisposable
{
    private readonly List<(string Name, Tensor Tensor)> _parameters = [];

    public GradientsTests() => LibTorch.Configure(0, 1);

    [Fact]
    public void A_norm_above_the_longest_is_shortened_to_it_as_PyTorch_does()
    {
        Add([3, 0, 4], [12]);

        Gradients.ClipNorm(_parameters, 6.5);

        // clip_grad_norm_ multiplies by max_norm / (norm + 1e-6), and the norm is 13.
        Assert.All(Values.Zip([3, 0, 4, 12.0]), pair => Assert.Equal(pair.Second * 6.5 / (13 + 1e-6), pair.First, 1e-14));
    }

    [Fact]
    public void A_norm_below_it_stays()
    {
        Add([3, 0, 4], [12]);

        Gradients.ClipNorm(_parameters, 14);

        Assert.Equal([3, 0, 4, 12], Values);
    }

    [Fact]
    public void Gradients_of_nothing_stay_nothing()
    {
        Add([0, 0]);

        Gradients.ClipNorm(_parameters, 1);

        Assert.Equal([0, 0], Values);
    }

    [Fact]
    public void Values_are_cut_to_their_range()
    {
        Add([3, -0.5, -4], [0.25]);

        Gradients.ClipValue(_parameters, 0.5);

        Assert.Equal([0.5, -0.5, -0.5, 0.25], Values);
    }

    [Fact]
    public void Parameters_without_a_gradient_are_left_out()
    {
        Add([3, 4]);
        _parameters.Add(("none", new Parameter(tensor(new[] { 1.0 }))));

        Gradients.ClipNorm(_parameters, 1);
        Gradients.ClipValue(_parameters, 0.7);

        Assert.Equal([0.6, 0.7], Values, (left, right) => Math.Abs(left - right) < 1e-6);
    }

    [Fact]
    public void None_of_them_has_a_gradient()
    {
        _parameters.Add(("none", new Parameter(tensor(new[] { 1.0 }))));

        Gradients.ClipNorm(_parameters, 1);

        Assert.Empty(Values);
    }

    [Fact]
    public void Shares_of_a_mean_add_up_to_the_mean_over_all()
    {
        using var weight = new Parameter(tensor(new[] { 2.0 }));

        foreach (var input in new[] { 1.0, 5.0, 6.0 })
        {
            using var loss = weight.mul(input).sum();
            Gradients.Accumulate(loss, batches: 3);
        }

        using var gradient = weight.grad;
        Assert.Equal(4, gradient!.item<double>(), 1e-15);
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        Add([3, 0, 4], [12]);
        var before = LiveTensors.Settled();

        Gradients.ClipNorm(_parameters, 1);
        Gradients.ClipValue(_parameters, 0.1);

        Assert.Equal(before, Tensor.TotalCount);
    }

    public void Dispose() => _parameters.ForEach(parameter => parameter.Tensor.Dispose());

    private IEnumerable<double> Values => [.. _parameters.Select(parameter => parameter.Tensor.grad).OfType<Tensor>().SelectMany(gradient => gradient.data<double>().ToArray())];

    private void Add(params double[][] gradients)
    {
        foreach (var gradient in gradients)
            _parameters.Add(($"p{_parameters.Count}", new Parameter(zeros(gradient.Length, ScalarType.Float64)) { grad = tensor(gradient) }));
    }
}
