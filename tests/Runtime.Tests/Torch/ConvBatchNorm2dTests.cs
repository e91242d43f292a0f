using ModelGen.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>A convolution and its batch norm in one give what they give one behind the other, in float64 to its last digits.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class ConvBatchNorm2dTests
{
    private const double Tolerance = 1e-12;

    private static readonly Dictionary<string, Func<Conv2d>> Convolutions = new(StringComparer.Ordinal)
    {
        ["bias"] = () => nn.Conv2d(4, 6, 3),
        ["no bias"] = () => nn.Conv2d(4, 6, 3, bias: false),
        ["padding"] = () => nn.Conv2d(4, 6, (3, 5), padding: (1, 2)),
        ["same padding"] = () => nn.Conv2d(4, 6, 4, padding: Padding.Same),
        ["stride"] = () => nn.Conv2d(4, 6, 3, stride: 2, padding: 1),
        ["groups"] = () => nn.Conv2d(4, 8, 3, groups: 4),
        ["dilation"] = () => nn.Conv2d(4, 6, 3, dilation: 2),
    };

    private static readonly Dictionary<string, Func<long, BatchNorm2d>> Norms = new(StringComparer.Ordinal)
    {
        ["affine"] = channels => nn.BatchNorm2d(channels),
        ["not affine"] = channels => nn.BatchNorm2d(channels, affine: false),
        ["settings"] = channels => nn.BatchNorm2d(channels, eps: 0.1, momentum: 0.7),
    };

    public ConvBatchNorm2dTests() => LibTorch.Configure(1, 1);

    public static IEnumerable<object[]> Pairs { get; } = [.. Convolutions.Keys.SelectMany(convolution => Norms.Keys.Select(norm => (object[])[convolution, norm]))];

    [Theory, MemberData(nameof(Pairs))]
    public void Training_gives_the_same_outputs_gradients_and_running_statistics(string convolution, string norm)
    {
        using var scope = NewDisposeScope();
        var (apart, together) = Twins(convolution, norm);

        // Two calls before one backward, and then one more: each leaves what the other needs.
        var (expected, actual) = (Trained(apart, apart.call), Trained(together, Joined(together)));

        AssertEqual(expected, actual);
        AssertEqual(State(apart), State(together));
        foreach (var (name, parameter) in apart.named_parameters())
        {
            var gradient = together.get_parameter(name)!.grad;
            if (gradient is not null)
                AssertEqual(parameter.grad!, gradient);
            else
                Assert.Equal(("0.bias", 0.0), (name, parameter.grad!.abs().max().item<double>()), (one, other) => one.Item1 == other.Item1 && other.Item2 < Tolerance);
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public void Evaluation_gives_the_same_and_folded_too(string convolution, string norm)
    {
        using var scope = NewDisposeScope();
        var (apart, together) = Twins(convolution, norm);
        var joined = new ConvBatchNorm2d((Conv2d)together[0], (BatchNorm2d)together[1]);
        Trained(apart, apart.call); // Statistics that are not those of the start.
        together.load_state_dict(apart.state_dict());
        apart.eval();
        together.eval();

        var expected = apart.call(Input(0));

        AssertEqual(expected, joined.call(Input(0)));
        joined.Fold();
        AssertEqual(expected, joined.call(Input(0)));
        joined.Fold(); // Once is enough, and twice is not once more.
        AssertEqual(expected, joined.call(Input(0)));
    }

    [Fact]
    public void Training_without_gradients_gives_the_same_and_counts_too()
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        var (apart, together) = Twins("bias", "affine");

        AssertEqual(apart.call(Input(0)), Joined(together)(Input(0)));
        AssertEqual(State(apart), State(together));
    }

    [Theory]
    [InlineData(1)] // libtorch convolves a single channel in an order of its own.
    [InlineData(4)]
    public void Its_output_has_the_channels_of_a_pixel_side_by_side(long channels)
    {
        using var scope = NewDisposeScope();
        var modules = nn.Sequential(nn.Conv2d(channels, 6, 3), nn.BatchNorm2d(6));
        var joined = new ConvBatchNorm2d((Conv2d)modules[0], (BatchNorm2d)modules[1]);
        var images = rand(2, channels, 9, 9);
        var input = channels == 1 ? images : ChannelsLast.Of(images);

        Assert.Equal(1, joined.call(input).stride(1));
        modules.eval();
        Assert.Equal(1, joined.call(input).stride(1));
        joined.Fold();
        Assert.Equal(1, joined.call(input).stride(1));
    }

    [Fact]
    public void In_training_the_bias_gets_no_gradient_and_all_else_does() => Assert.Equal(["0.weight", "1.weight", "1.bias"], Learning(isNormTrained: true));

    [Fact]
    public void Behind_a_norm_that_stays_as_it_is_the_bias_learns() =>
        Assert.Equal(["0.weight", "0.bias", "1.weight", "1.bias"], Learning(isNormTrained: false));

    private static string[] Learning(bool isNormTrained)
    {
        using var scope = NewDisposeScope();
        var modules = nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6));
        modules.to(float64);
        ((BatchNorm2d)modules[1]).train(isNormTrained);
        new ConvBatchNorm2d((Conv2d)modules[0], (BatchNorm2d)modules[1]).call(Input(0)).square().sum().backward();
        return [.. modules.named_parameters().Where(item => item.parameter.grad is not null).Select(item => item.name)];
    }

    [Fact]
    public void Modules_that_move_to_another_type_stay_joined()
    {
        using var scope = NewDisposeScope();
        var modules = nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6));
        var joined = new ConvBatchNorm2d((Conv2d)modules[0], (BatchNorm2d)modules[1]);

        modules.to(float64);

        Assert.Equal(float64, joined.call(Input(0)).dtype);
        Assert.Equal(1, modules.state_dict()["1.num_batches_tracked"].item<long>());
        modules.eval();
        joined.Fold();
        Assert.Equal(float64, joined.call(Input(0)).dtype);
    }

    [Fact]
    public void Folded_it_refuses_to_be_trained()
    {
        using var scope = NewDisposeScope();
        var (_, together) = Twins("bias", "affine");
        var joined = new ConvBatchNorm2d((Conv2d)together[0], (BatchNorm2d)together[1]);
        joined.Fold();

        var error = Assert.Throws<InvalidOperationException>(() => joined.call(Input(0)));

        Assert.Equal("This network was folded for predicting: load its weights into a new one to train it.", error.Message);
    }

    [Fact]
    public void Other_kinds_of_either_are_refused()
    {
        using var convolution = nn.Conv2d(4, 6, 3);
        using var reflecting = nn.Conv2d(4, 6, 3, padding: 1, padding_mode: PaddingModes.Reflect);
        using var norm = nn.BatchNorm2d(6);
        using var forgetful = nn.BatchNorm2d(6, track_running_stats: false);

        Assert.StartsWith("The convolution pads with Reflect, and only zeros are taken.", Assert.Throws<ArgumentException>(() => new ConvBatchNorm2d(reflecting, norm)).Message, StringComparison.Ordinal);
        Assert.StartsWith("The batch norm keeps no running statistics.", Assert.Throws<ArgumentException>(() => new ConvBatchNorm2d(convolution, forgetful)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new ConvBatchNorm2d(null!, norm));
        Assert.Throws<ArgumentNullException>(() => new ConvBatchNorm2d(convolution, null!));
    }

    [Fact]
    public void No_tensor_is_left_behind()
    {
        using var modules = nn.Sequential(nn.Conv2d(4, 6, 3), nn.BatchNorm2d(6));
        var joined = new ConvBatchNorm2d((Conv2d)modules[0], (BatchNorm2d)modules[1]);
        using var input = rand(2, 4, 9, 9);
        var before = LiveTensors.Settled();

        joined.call(input).Dispose();
        modules.eval();
        joined.call(input).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Folding_frees_the_weights_that_it_replaces_and_leaves_nothing_else()
    {
        using var convolution = nn.Conv2d(4, 6, 3);
        using var norm = nn.BatchNorm2d(6);
        var (weight, bias) = (convolution.weight!, convolution.bias!);
        var before = LiveTensors.Settled();

        new ConvBatchNorm2d(convolution, norm).Fold();

        var left = Tensor.TotalCount - before;
        Assert.Equal(MadeParameters(2), left);
        Assert.True(weight.IsInvalid && bias.IsInvalid);
    }

    // TorchSharp 0.107 counts a tensor that becomes a parameter twice, and frees it once.
    private static long MadeParameters(int count)
    {
        var before = LiveTensors.Settled();
        for (var i = 0; i < count; i++)
            nn.Parameter(zeros(1)).Dispose();
        return Tensor.TotalCount - before;
    }

    /// <summary>The same two modules twice.</summary>
    private static (Sequential Apart, Sequential Together) Twins(string convolution, string norm)
    {
        var (apart, together) = (Make(), Make());
        together.load_state_dict(apart.state_dict());
        return (apart, together);

        Sequential Make()
        {
            var first = Convolutions[convolution]();
            var modules = nn.Sequential(first, Norms[norm](first.out_channels));
            using (no_grad())
            {
                foreach (var parameter in modules.parameters())
                    parameter.copy_(randn(parameter.shape)); // Scales of 1 and shifts of 0 would hide theirs.
            }

            return modules.to(float64);
        }
    }

    private static Func<Tensor, Tensor> Joined(Sequential modules) => new ConvBatchNorm2d((Conv2d)modules[0], (BatchNorm2d)modules[1]).call;

    private static Tensor Trained(Sequential modules, Func<Tensor, Tensor> call)
    {
        var (first, second, third) = (call(Input(1)), call(Input(2)), (Tensor?)null);
        (Loss(first) + Loss(second)).backward();
        third = call(Input(3));
        Loss(third).backward();
        return cat([first, second, third]);
    }

    private static Tensor Loss(Tensor output)
    {
        random.manual_seed(4);
        return (output * rand_like(output.contiguous())).sum();
    }

    private static Tensor Input(int seed)
    {
        random.manual_seed(seed);
        return rand(3, 4, 9, 9, float64);
    }

    private static Tensor State(Sequential modules) => cat([.. modules.state_dict().Values.Select(tensor => tensor.to(float64).reshape(-1))]);

    private static void AssertEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange((expected - actual).abs().max().item<double>(), 0, Tolerance * Math.Max(1, expected.abs().max().item<double>()));
    }
}
