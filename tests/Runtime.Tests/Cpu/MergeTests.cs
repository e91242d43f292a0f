using CsCheck;
using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>Sums, products and joined rows of several inputs give what PyTorch's give.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class MergeTests
{
    private static readonly Gen<(int Rows, int Length)> AnyShape = Gen.Select(Gen.Frequency((2, Gen.Const(1)), (1, Gen.Int[2, 5])), Gen.Int[1, 70]);

    public static TheoryData<int> Widths => Referee.Widths;

    [Theory, MemberData(nameof(Widths))]
    public void A_sum_and_its_gradients(int lanes) => AnyShape.Sample(shape => Check(shape, lanes, isSum: true), iter: 60, threads: 1);

    [Theory, MemberData(nameof(Widths))]
    public void A_product_and_its_gradients(int lanes) => AnyShape.Sample(shape => Check(shape, lanes, isSum: false), iter: 60, threads: 1);

    [Fact]
    public void Gradients_of_a_value_with_several_users_are_added_up()
    {
        float[] sum = [1, 2, 3, 4, 5];
        Addition.Add([10, 20, 30, 40, 50], sum);
        Assert.Equal([11, 22, 33, 44, 55], sum);
    }

    [Fact]
    public void Several_inputs_are_added_at_once()
    {
        Layer.Length = 4;
        float[] a = [1, 2, 3, 4], b = [10, 20, 30, 40], c = [100, 200], d = [1000];
        var (y, dc, dd) = (Referee.Unwritten(4), Referee.Unwritten(2), Referee.Unwritten(1));
        Addition<Layer>.Forward(a, b, c, y);
        Assert.Equal([111, 222, 133, 244], y);
        Addition<Layer>.Forward(a, b, c, d, y);
        Assert.Equal([1111, 1222, 1133, 1244], y);
        Addition<Layer>.Backward([1, 2, 3, 4], [], [], dc, dd);
        Assert.Equal([4, 6], dc);
        Assert.Equal([10], dd);
    }

    [Fact]
    public void Rows_of_several_inputs_stand_behind_each_other()
    {
        float[] a = [1, 2, 3, 4], b = [5, 6], c = [7, 8], d = [9, 10, 11, 12, 13, 14];
        float[] joined = [1, 2, 5, 7, 9, 10, 11, 3, 4, 6, 8, 12, 13, 14];
        var y = Referee.Unwritten(joined.Length);
        Concat<Rows>.Forward(a, b, c, d, y);
        Assert.Equal(joined, y);

        var (da, db, dc, dd) = (Referee.Unwritten(4), Referee.Unwritten(2), Referee.Unwritten(2), Referee.Unwritten(6));
        Concat<Rows>.Backward(y, da, db, dc, dd);
        Assert.Equal([.. a, .. b, .. c, .. d], [.. da, .. db, .. dc, .. dd]);
        dc = Referee.Unwritten(2);
        Concat<Rows>.Backward(y, [], [], dc, []);
        Assert.Equal(c, dc);
    }

    private static void Check((int Rows, int Length) shape, int lanes, bool isSum)
    {
        using var scope = NewDisposeScope();
        Layer.Length = shape.Rows * shape.Length;
        var (left, right, dy) = (Referee.Values(Layer.Length, 1), Referee.Values(shape.Length, 2), Referee.Values(Layer.Length, 3));
        var (y, dLeft, dRight) = (Referee.Unwritten(left.Length), Referee.Unwritten(left.Length), Referee.Unwritten(right.Length));
        var (swapped, dSwapped) = (Referee.Unwritten(left.Length), Referee.Unwritten(right.Length));
        if (isSum)
        {
            Addition<Layer>.Forward(left, right, y, lanes);
            Addition<Layer>.Forward(right, left, swapped, lanes);
            Addition<Layer>.Backward(dy, dLeft, lanes);
            Addition<Layer>.Backward(dy, dRight, lanes);
            Addition<Layer>.Backward(dy, dSwapped, []);
        }
        else
        {
            Multiplication<Layer>.Forward(left, right, y, lanes);
            Multiplication<Layer>.Forward(right, left, swapped, lanes);
            Multiplication<Layer>.Backward(dy, left, right, dLeft, dRight, lanes);
            Multiplication<Layer>.Backward(dy, right, left, dSwapped, [], lanes);
        }

        Assert.Equal(y, swapped);
        var (a, b) = (Referee.Tensor(left, shape.Rows, shape.Length), Referee.Tensor(right, 1, shape.Length));
        var output = isSum ? a + b : a * b;
        (output * tensor(dy).reshape(output.shape)).sum().backward();
        Referee.AssertClose(output, y);
        Referee.AssertClose(a.grad!, dLeft);
        Referee.AssertClose(b.grad!, dRight);
        Referee.AssertClose(b.grad!, dSwapped);
    }

    private readonly struct Layer : IMerge
    {
        public static int Length { get; set; }
    }

    private readonly struct Rows : IConcat
    {
        static int IConcat.Rows => 2;

        public static int First => 2;

        public static int Second => 1;

        public static int Third => 1;

        public static int Fourth => 3;
    }
}
