using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>The forward pass computes in bfloat16, all else in float32, and nothing of it stays behind.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class AutocastTests
{
    public AutocastTests() => LibTorch.Configure(1, 1);

    [LinuxFact]
    public void Inside_of_it_products_are_bfloat16_and_the_output_is_float32()
    {
        using var network = new Watched();
        using var input = rand(3, 4);

        using var output = new Autocast(network, CPU).Call(input);

        Assert.Equal((true, ScalarType.BFloat16), (network.WasEnabled, network.Inside));
        Assert.Equal(ScalarType.Float32, output.dtype);
        using var exact = network.linear.call(input);
        using var difference = (output - exact).abs();
        Assert.InRange(difference.max().item<float>(), 1e-6f, 0.05f);
    }

    [Fact]
    public void An_lstm_is_refused_on_a_processor_that_has_none_in_bfloat16()
    {
        using var network = new Recurrent();

        Autocast.CheckLstm(network, DeviceType.CUDA, canRoundLstm: false);
        Autocast.CheckLstm(network, DeviceType.CPU, canRoundLstm: true);
        var refused = Assert.Throws<ModelGenException>(() => Autocast.CheckLstm(network, DeviceType.CPU, canRoundLstm: false));

        Assert.StartsWith("The network has an lstm, which libtorch computes in bfloat16 only on processors with AVX-512", refused.Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Gradients_are_the_weights_own_in_float32()
    {
        using var network = new Watched();
        using var input = rand(3, 4);
        using var output = new Autocast(network, CPU).Call(input);

        using var loss = output.square().mean();
        loss.backward();

        Assert.All(network.parameters(), parameter => Assert.Equal((ScalarType.Float32, ScalarType.Float32), (parameter.dtype, parameter.grad!.dtype)));
    }

    [LinuxFact]
    public void A_step_is_seen_by_the_next_call()
    {
        using var network = new Watched();
        using var input = ones(1, 4);
        var autocast = new Autocast(network, CPU);
        using var before = autocast.Call(input);
        using (no_grad())
            network.linear.bias!.add_(100);

        using var after = autocast.Call(input);

        Assert.InRange((after - before).min().item<float>(), 99, 101);
    }

    [LinuxFact]
    public void It_is_off_afterwards_also_behind_an_exception()
    {
        using var network = new Watched();
        using var wrong = rand(3, 5);

        Assert.ThrowsAny<Exception>(() => new Autocast(network, CPU).Call(wrong));

        Assert.False(Autocast.IsEnabled(DeviceType.CPU));
        using var input = rand(3, 4);
        using var output = network.linear.call(input);
        Assert.Equal(ScalarType.Float32, output.dtype);
    }

    [LinuxFact]
    public void It_leaves_no_tensor_behind()
    {
        using var network = new Watched();
        using var input = rand(3, 4);
        var autocast = new Autocast(network, CPU);
        autocast.Call(input).Dispose();
        var before = Tensor.TotalCount;

        for (var i = 0; i < 10; i++)
            autocast.Call(input).Dispose();

        Assert.Equal(before, Tensor.TotalCount);
    }

    /// <summary>A linear layer that remembers what it saw.</summary>
    private sealed class Recurrent : nn.Module
    {
        public readonly TorchSharp.Modules.LSTM lstm = nn.LSTM(2, 2);

        public Recurrent()
            : base(nameof(Recurrent)) => RegisterComponents();
    }

    private sealed class Watched : nn.Module<Tensor, Tensor>
    {
        public readonly TorchSharp.Modules.Linear linear = nn.Linear(4, 2);

        public Watched()
            : base(nameof(Watched)) => RegisterComponents();

        public bool WasEnabled { get; private set; }

        public ScalarType Inside { get; private set; }

        public override Tensor forward(Tensor input)
        {
            WasEnabled = Autocast.IsEnabled(DeviceType.CPU);
            var output = linear.call(input);
            Inside = output.dtype;
            return output;
        }
    }
}
