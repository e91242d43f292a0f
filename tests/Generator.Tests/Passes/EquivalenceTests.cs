using System.Collections.Concurrent;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Passes;

/// <summary>Each pass alone, and all together, compute what the plain form computes, with the same weights under the same keys.</summary>
[Collection("Torch")]
public sealed class EquivalenceTests
{
    /// <summary>
    /// In float64 a sum in another order differs by 1e-16. A hundred batch norms in a row multiply that, by up to 1e5 in the zoo's deepest network; an
    /// identity that does not hold differs by far more.
    /// </summary>
    private const double Tolerance = 1e-9;

    private const int Steps = 200;

    /// <summary>Of a network's largest gradient, or of 1: what is left of a value that is zero, but the sum of many that are not.</summary>
    private const double Zero = 1e-11;

    private static readonly ConcurrentDictionary<string, (nn.Module<Tensor, Tensor> Network, Dictionary<string, double[]> Run)> Plain = [];

    public EquivalenceTests() => LibTorch.Configure(1, 1);

    public static IEnumerable<object[]> Rewritten { get; } = [.. PassNetworks.Forms.SelectMany(form => form.Rewritten.Select(network => (object[])[network, form.Name]))];

    public static TheoryData<string> Networks { get; } = [.. PassNetworks.Optimized.Rewritten];

    [Fact]
    public void Each_pass_has_networks_to_work_on() => Assert.Equal(
        """
        unused layers left out: Mixed
        max-pooling before its activation: AlexNet, DenseNet121, Mixed, ResNet18, Seed, Vgg11Bn
        batch norm with its convolution: DenseNet121, Mixed, MobileNetV2, ResNet18, Seed, UNet, Vgg11Bn
        channels last: AlexNet, DenseNet121, LeNet5, Mixed, MobileNetV2, ResNet18, Seed, UNet, Vgg11Bn
        activations in place: AlexNet, DenseNet121, MobileNetV2, ResNet18, Seed, UNet, Vgg11Bn
        early release of memory: AlexNet, DenseNet121, LeNet5, Mixed, MobileNetV2, ResNet18, Seed, UNet, Vgg11Bn
        all passes: AlexNet, DenseNet121, EfficientNetB0, GoogLeNet, GruClassifier, LeNet5, LstmClassifier, Mixed, MlpMixer, MobileNetV2, MobileNetV3Small, ResNet18, ResNet50, Seed, SqueezeNet, UNet, Vgg11, Vgg11Bn, ViTB16
        """,
        string.Join('\n', PassNetworks.Forms.Select(form => $"{form.Name}: {string.Join(", ", form.Rewritten.Order(StringComparer.Ordinal))}")));

    [Theory, MemberData(nameof(Rewritten))]
    public void Outputs_gradients_and_running_statistics_are_the_plain_forms(string network, string form)
    {
        var (plain, expected) = RunPlain(network);
        using var rewritten = PassNetworks.Named(form).Create(network, plain);

        var actual = NetworkRun.Of(rewritten);

        var largest = Largest(expected.Where(value => IsGradient(value.Key)).SelectMany(value => value.Value));
        foreach (var (name, values) in actual)
        {
            var allowed = (Tolerance * Largest(expected[name])) + (Zero * (IsGradient(name) ? largest : 1));
            var difference = Largest(values.Zip(expected[name], (one, other) => one - other));
            Assert.True(difference <= allowed, $"{name} differs by {difference}, and {allowed} is allowed.");
        }

        // A bias that is not trained has a gradient of zero in the plain form.
        var frozen = rewritten.named_parameters().Where(item => !item.parameter.requires_grad).Select(item => "gradient of " + item.name).ToHashSet();
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Concat(frozen).Order(StringComparer.Ordinal));
        Assert.All(frozen, name => Assert.InRange(Largest(expected[name]), 0, Zero * largest));
    }

    [Theory, MemberData(nameof(Networks))]
    public void Weights_load_from_either_form_into_the_other(string network)
    {
        using var rewritten = PassNetworks.Optimized.Create(network);
        using var plain = PassNetworks.Plain.Create(network, rewritten);

        Assert.Equal(Shapes(plain), Shapes(rewritten));
        Assert.Equal(NetworkRun.Evaluated(plain, Input(plain)), NetworkRun.Evaluated(rewritten, Input(rewritten)), (one, other) => Math.Abs(one - other) <= Tolerance);
    }

    [Theory, MemberData(nameof(Networks))]
    public void Folded_for_predicting_the_outputs_stay(string network)
    {
        using var scope = NewDisposeScope();
        using var trained = PassNetworks.Optimized.Create(network);
        _ = NetworkRun.Of(trained); // Statistics that are not those of the start.
        var expected = NetworkRun.Evaluated(trained, Input(trained));

        BatchNorms.Fold(trained);

        var actual = NetworkRun.Evaluated(trained, Input(trained));
        Assert.InRange(Largest(expected.Zip(actual, (one, other) => one - other)), 0, Tolerance * Largest(expected));
    }

    [Theory]
    [InlineData(PassNetworks.Seed, "max-pooling before its activation")]
    [InlineData(PassNetworks.Seed, "batch norm with its convolution")]
    [InlineData(PassNetworks.Seed, "channels last")]
    [InlineData(PassNetworks.Seed, "all passes")]
    [InlineData("Mixed", "all passes")]
    [InlineData("LeNet5", "all passes")]
    [InlineData("ResNet18", "all passes")]
    public void Two_hundred_steps_of_training_have_the_plain_forms_losses(string network, string form)
    {
        using var plain = PassNetworks.Plain.Create(network);
        using var rewritten = PassNetworks.Named(form).Create(network, plain);

        AssertClose(NetworkRun.Curve(plain, Steps), NetworkRun.Curve(rewritten, Steps), Tolerance);
    }

    /// <summary>In float32 a step rounds by 6e-8 of its values; two hundred steps of the seed's network make less than a thousand times that of it.</summary>
    [Fact]
    public void In_float32_they_have_them_up_to_its_rounding()
    {
        using var plain = PassNetworks.Plain.Create(PassNetworks.Seed, ScalarType.Float32);
        using var rewritten = PassNetworks.Optimized.Create(PassNetworks.Seed, plain, ScalarType.Float32);

        AssertClose(NetworkRun.Curve(plain, Steps, ScalarType.Float32), NetworkRun.Curve(rewritten, Steps, ScalarType.Float32), 6e-5);
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.InRange(expected[^1], 0, expected[0] * 0.95); // It learns something, so that there is a curve to compare.
        Assert.InRange(Largest(actual.Zip(expected, (one, other) => (one - other) / other)), 0, tolerance);
    }

    private static (nn.Module<Tensor, Tensor> Network, Dictionary<string, double[]> Run) RunPlain(string network) => Plain.GetOrAdd(network, _ =>
    {
        var plain = PassNetworks.Plain.Create(network);
        using var copy = PassNetworks.Plain.Create(network, plain);
        return (plain, NetworkRun.Of(copy));
    });

    private static Tensor Input(nn.Module network) => NetworkRun.Input(network, batch: 2, seed: 8);

    private static IEnumerable<string> Shapes(nn.Module network) => network.state_dict().Select(item => $"{item.Key} [{string.Join(", ", item.Value.shape)}]");

    private static bool IsGradient(string name) => name.StartsWith("gradient of ", StringComparison.Ordinal);

    // Math.Max passes on what is no number, and LINQ's Max does not.
    private static double Largest(IEnumerable<double> values) => values.Aggregate(0.0, (largest, value) => Math.Max(largest, Math.Abs(value)));
}
