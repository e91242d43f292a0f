using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Softmax and log-softmax give what PyTorch's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SoftmaxTests
{
    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void Outputs_and_gradients_are_those_of_PyTorch(int lanes) => Gen.Select(Gen.Int[1, 4], Gen.Int[1, 150], Gen.Int[0, 1].Select(i => i == 0 ? 1f : 50f)).Sample(
        (rows, length, size) =>
        {
            (Layer.Rows, Layer.Length) = (rows, length);
            Check(Softmax<Layer>.Forward, Softmax<Layer>.Backward, x => nn.functional.softmax(x, -1), size, lanes);
            Check(LogSoftmax<Layer>.Forward, LogSoftmax<Layer>.Backward, x => nn.functional.log_softmax(x, -1), size, lanes);
        },
        iter: 60,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void Large_values_do_not_overflow(int lanes)
    {
        (Layer.Rows, Layer.Length) = (1, 3);
        var y = new float[3];
        Softmax<Layer>.Forward([1000, 999, -1000], y, lanes);
        Assert.Equal(0.7310586f, y[0], 1e-6f);
        LogSoftmax<Layer>.Forward([1000, 999, -1000], y, lanes);
        Assert.Equal(-0.3132617f, y[0], 1e-6f);
    }

    private delegate void Pass(ReadOnlySpan<float> x, Span<float> y, int lanes);

    private delegate void Back(ReadOnlySpan<float> dy, ReadOnlySpan<float> y, Span<float> dx, int lanes);

    private static void Check(Pass forward, Back backward, Func<Tensor, Tensor> referee, float size, int lanes)
    {
        using var scope = NewDisposeScope();
        var length = Layer.Rows * Layer.Length;
        var (x, dy) = (Referee.Values(length, 1).Select(value => value * size).ToArray(), Referee.Values(length, 2));
        var (y, dx) = (Referee.Unwritten(length), Referee.Unwritten(length));
        forward(x, y, lanes);
        backward(dy, y, dx, lanes);

        var input = Referee.Tensor(x, Layer.Rows, Layer.Length);
        var output = referee(input);
        (output * tensor(dy).reshape(output.shape)).sum().backward();
        Referee.AssertClose(output, y);
        Referee.AssertClose(input.grad!, dx);
    }

    private readonly struct Layer : ISoftmax
    {
        public static int Rows { get; set; }

        public static int Length { get; set; }
    }
}
