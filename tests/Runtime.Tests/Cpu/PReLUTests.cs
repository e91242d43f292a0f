using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Trained slopes below zero give what PyTorch's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class PReLUTests
{
    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Any_layer_gives_the_output_and_the_gradients_of_PyTorch(int lanes) =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 40], Gen.Frequency((2, Gen.Const(1)), (1, Gen.Int[2, 20]))).Sample(
            shape =>
            {
                (Layer.Outer, Layer.Channels, Layer.Inner) = shape;
                Check(lanes);
            },
            iter: 60,
            threads: 1);

    private static void Check(int lanes)
    {
        using var scope = NewDisposeScope();
        var length = Layer.Outer * Layer.Channels * Layer.Inner;
        var (x, dy, weight) = (Referee.Values(length, 1), Referee.Values(length, 2), Referee.Values(Layer.Channels, 3));
        var (prepared, y, dx) = (Referee.Unwritten(PReLU<Layer>.PreparedLength), Referee.Unwritten(length), Referee.Unwritten(length));
        var (sums, weightGradient) = (new float[2 * PReLU<Layer>.SumsLength], new float[weight.Length]);

        PReLU<Layer>.Prepare(weight, prepared);
        PReLU<Layer>.Forward(x, prepared, y, lanes);
        PReLU<Layer>.Backward(dy, x, prepared, dx, sums.AsSpan(PReLU<Layer>.SumsLength), lanes);
        PReLU<Layer>.Backward(dy, x, prepared, [], sums.AsSpan(0, PReLU<Layer>.SumsLength), lanes);
        PReLU<Layer>.Collect(sums, 2, weightGradient);

        var (input, slopes) = (Referee.Tensor(x, Layer.Outer, Layer.Channels, Layer.Inner), Referee.Tensor(weight, Layer.Channels));
        var output = nn.functional.prelu(input, slopes);
        (output * tensor(dy).reshape(output.shape)).sum().backward();
        Referee.AssertClose(output, y);
        Referee.AssertClose(input.grad!, dx);
        Referee.AssertClose(2 * slopes.grad!, weightGradient);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    private readonly struct Layer : IPReLU
    {
        public static int Outer { get; set; }

        public static int Channels { get; set; }

        public static int Inner { get; set; }
    }
}
