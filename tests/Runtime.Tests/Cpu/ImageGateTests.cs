using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Layers that scale an image's values by something of their channels: squeeze and excitation, and local response normalisation.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class ImageGateTests
{
    private static readonly Gen<(int Height, int Width, int Channels, int Size)> AnyLayer = Gen.Select(Gen.Int[1, 6], Gen.Int[1, 6], Gen.Int[1, 40], Gen.Int[1, 12]);

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Squeeze_and_excitation(int lanes) => AnyLayer.Sample(
        layer =>
        {
            (Layer.Height, Layer.Width, Layer.Channels, Layer.SqueezeChannels) = layer;
            CheckSqueezeExcite<ReLU, Sigmoid>(x => x.relu(), x => x.sigmoid(), lanes);
            CheckSqueezeExcite<SiLU, Hardsigmoid>(x => nn.functional.silu(x), x => nn.functional.hardsigmoid(x), lanes);
        },
        iter: 40,
        threads: 1);

    [Fact]
    public void Local_response_normalisation() => AnyLayer.Sample(
        layer =>
        {
            using var scope = NewDisposeScope();
            (Layer.Height, Layer.Width, Layer.Channels, Layer.Size) = layer;
            var length = layer.Height * layer.Width * layer.Channels;
            var (x, dy, y, dx) = (Referee.Values(length, 1), Referee.Values(length, 2), Referee.Unwritten(length), Referee.Unwritten(length));
            LocalResponseNorm<Layer>.Forward(x, y);
            LocalResponseNorm<Layer>.Backward(dy, x, dx);

            var image = Referee.Images(x, Layer.Height, Layer.Width, Layer.Channels);
            var output = nn.functional.local_response_norm(image, Layer.Size, Layer.Alpha, Layer.Beta, Layer.K);
            (output * Referee.Images(dy, Layer.Height, Layer.Width, Layer.Channels).detach()).sum().backward();
            Referee.AssertClose(Referee.Pixels(output), y);
            Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        },
        iter: 60,
        threads: 1);

    private static void CheckSqueezeExcite<TActivation, TGate>(Func<Tensor, Tensor> activation, Func<Tensor, Tensor> gate, int lanes)
        where TActivation : struct, IActivation
        where TGate : struct, IActivation
    {
        using var scope = NewDisposeScope();
        var (length, channels, squeezed) = (Layer.Height * Layer.Width * Layer.Channels, Layer.Channels, Layer.SqueezeChannels);
        var (x, dy, y, dx) = (Referee.Values(length, 1), Referee.Values(length, 2), Referee.Unwritten(length), Referee.Unwritten(length));
        var (weight1, bias1, weight2, bias2) = (Referee.Values(channels * squeezed, 3), Referee.Values(squeezed, 4), Referee.Values(channels * squeezed, 5), Referee.Values(channels, 6));
        var prepared = Referee.Unwritten(SqueezeExcite<Layer, TActivation, TGate>.PreparedLength);
        var (scratch, sumsLength) = (Referee.Unwritten(SqueezeExcite<Layer, TActivation, TGate>.ScratchLength), SqueezeExcite<Layer, TActivation, TGate>.SumsLength);
        var sums = new float[2 * sumsLength];
        var (dWeight1, dBias1, dWeight2, dBias2) = (new float[weight1.Length], new float[squeezed], new float[weight2.Length], new float[channels]);
        SqueezeExcite<Layer, TActivation, TGate>.Prepare(weight1, bias1, weight2, bias2, prepared);
        SqueezeExcite<Layer, TActivation, TGate>.Forward(x, prepared, y, scratch, lanes);
        Array.Fill(scratch, float.NaN);
        SqueezeExcite<Layer, TActivation, TGate>.Backward(dy, x, prepared, dx, sums.AsSpan(0, sumsLength), scratch, lanes);
        SqueezeExcite<Layer, TActivation, TGate>.Backward(dy, x, prepared, [], sums.AsSpan(sumsLength), scratch, lanes);
        SqueezeExcite<Layer, TActivation, TGate>.Collect(sums, 2, dWeight1, dBias1, dWeight2, dBias2);

        var image = Referee.Images(x, Layer.Height, Layer.Width, channels);
        var (w1, b1, w2, b2) = (Referee.Tensor(weight1, squeezed, channels), Referee.Tensor(bias1, squeezed), Referee.Tensor(weight2, channels, squeezed), Referee.Tensor(bias2, channels));
        var factors = gate(nn.functional.linear(activation(nn.functional.linear(image.mean([2, 3]), w1, b1)), w2, b2));
        var output = image * factors.reshape(1, -1, 1, 1);
        (output * Referee.Images(dy, Layer.Height, Layer.Width, channels).detach()).sum().backward();
        Referee.AssertClose(Referee.Pixels(output), y);
        Referee.AssertClose(Referee.Pixels(image.grad!), dx);
        Referee.AssertClose(2 * w1.grad!, dWeight1);
        Referee.AssertClose(2 * b1.grad!, dBias1);
        Referee.AssertClose(2 * w2.grad!, dWeight2);
        Referee.AssertClose(2 * b2.grad!, dBias2);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    private readonly struct Layer : ISqueezeExcite, ILocalResponseNorm
    {
        public static int Height { get; set; }

        public static int Width { get; set; }

        public static int Channels { get; set; }

        public static int SqueezeChannels { get; set; }

        public static int Size { get; set; }

        public static int Pixels => Height * Width;

        public static double Alpha => 0.5;

        public static double Beta => 0.6;

        public static double K => 1.5;
    }
}
