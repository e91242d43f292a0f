using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Means and largest values along a dimension, and what is taken from one place of it, are PyTorch's.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class ReductionTests
{
    private static readonly Gen<(int Outer, int Length, int Inner)> AnyShape = Gen.Select(Gen.Int[1, 4], Gen.Int[1, 90], Gen.Frequency((1, Gen.Const(1)), (2, Gen.Int[2, 40])));

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void A_mean(int lanes) => AnyShape.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            var (x, y, dy, dx) = Of(shape, 1);
            Mean<Layer>.Forward(x, y, lanes);
            Mean<Layer>.Backward(dy, dx, lanes);
            Check(x, y, dy, dx, input => input.mean([1]));
        },
        iter: 60,
        threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void The_largest_value_where_equal_ones_share_the_gradient(int lanes) => AnyShape.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            var (x, y, dy, dx) = Of(shape, 4);
            Amax<Layer>.Forward(x, y, lanes);
            Amax<Layer>.Backward(dy, x, dx, lanes);
            Check(x, y, dy, dx, input => input.amax([1]));
        },
        iter: 60,
        threads: 1);

    [Fact]
    public void One_place_along_a_dimension() => AnyShape.Sample(
        shape =>
        {
            using var scope = NewDisposeScope();
            var (x, y, dy, dx) = Of(shape, 1);
            Layer.Index = shape.Length / 2;
            Select<Layer>.Forward(x, y);
            Select<Layer>.Backward(dy, dx);
            Check(x, y, dy, dx, input => input.select(1, Layer.Index));
        },
        iter: 60,
        threads: 1);

    // Rounded values are equal ones, too.
    private static (float[] X, float[] Y, float[] Dy, float[] Dx) Of((int Outer, int Length, int Inner) shape, int steps)
    {
        (Layer.Outer, Layer.Length, Layer.Inner) = shape;
        var x = Referee.Values(shape.Outer * shape.Length * shape.Inner, 1);
        if (steps > 1)
            x = [.. x.Select(value => MathF.Round(value * steps))];
        return (x, Referee.Unwritten(shape.Outer * shape.Inner), Referee.Values(shape.Outer * shape.Inner, 2), Referee.Unwritten(x.Length));
    }

    private static void Check(float[] x, float[] y, float[] dy, float[] dx, Func<Tensor, Tensor> referee)
    {
        var input = Referee.Tensor(x, Layer.Outer, Layer.Length, Layer.Inner);
        var output = referee(input);
        (output * tensor(dy).reshape(output.shape)).sum().backward();
        Referee.AssertClose(output, y);
        Referee.AssertClose(input.grad!, dx);
    }

    private readonly struct Layer : ISelect
    {
        public static int Outer { get; set; }

        public static int Length { get; set; }

        public static int Inner { get; set; }

        public static int Index { get; set; }
    }
}
