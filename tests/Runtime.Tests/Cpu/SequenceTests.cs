using ModelGen.Cpu.Kernels;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>What tells a sequence's words and positions from each other.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SequenceTests
{
    [Fact]
    public void Words_are_looked_up_and_each_worker_adds_the_gradients_of_its_share_of_the_table()
    {
        using var scope = NewDisposeScope();
        float[] words = [3, 0, 3, 2, 1, 2];
        var (weight, dy) = (Referee.Values(4 * 19, 1), Referee.Values(6 * 19, 2));
        var (y, gradient) = (Referee.Unwritten(6 * 19), new float[weight.Length]);
        Embedding<Words>.Forward(words, weight, y, 2);
        Embedding<Words>.BackwardParameters(dy, words, 2, 0, 1, gradient);
        Embedding<Words>.BackwardParameters(dy, words, 2, 1, 4, gradient);

        var table = Referee.Tensor(weight, 4, 19);
        var output = table.index_select(0, tensor(words).to(int64));
        (output * tensor(dy).reshape(output.shape)).sum().backward();
        Referee.AssertClose(output, y);
        table.grad!.select(0, Words.PaddingIdx).zero_();
        Referee.AssertClose(table.grad!, gradient);
    }

    [Fact]
    public void A_word_that_is_not_in_the_table_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Embedding<Words>.Forward([0, 1, 4], new float[4 * 19], new float[3 * 19], 1));

    [Fact]
    public void Trained_values_are_added_to_each_position()
    {
        var (x, values, y, dx) = (Referee.Values(6, 1), Referee.Values(6, 2), Referee.Unwritten(6), Referee.Unwritten(6));
        var (prepared, sums, gradient) = (Referee.Unwritten(6), new float[12], new float[6]);
        PositionalEmbedding<Sequence>.Prepare(values, prepared);
        PositionalEmbedding<Sequence>.Forward(x, prepared, y, []);
        PositionalEmbedding<Sequence>.Backward(x, x, prepared, dx, sums.AsSpan(0, 6), []);
        PositionalEmbedding<Sequence>.Backward(y, x, prepared, [], sums.AsSpan(6), []);
        PositionalEmbedding<Sequence>.Collect(sums, 2, gradient);
        Assert.Equal(x.Zip(values, (one, other) => one + other), y);
        Assert.Equal(x, dx);
        Assert.Equal(x.Zip(y, (one, other) => one + other), gradient);
        Assert.All(sums, sum => Assert.Equal(0, sum));
    }

    [Fact]
    public void A_trained_position_is_put_before_the_others()
    {
        var (y, dx) = (Referee.Unwritten(9), Referee.Unwritten(6));
        var (prepared, sums, gradient) = (Referee.Unwritten(3), new float[3], new float[] { 100, 200, 300 });
        ClassToken<Sequence>.Prepare([7, 8, 9], prepared);
        ClassToken<Sequence>.Forward([1, 2, 3, 4, 5, 6], prepared, y, []);
        Assert.Equal([7, 8, 9, 1, 2, 3, 4, 5, 6], y);
        ClassToken<Sequence>.Backward(y, [], prepared, dx, sums, []);
        ClassToken<Sequence>.Collect(sums, 1, gradient);
        Assert.Equal([1, 2, 3, 4, 5, 6], dx);
        Assert.Equal([107, 208, 309], gradient);
        Assert.Equal([0, 0, 0], sums);
    }

    [Fact]
    public void Sines_and_cosines_are_added_as_the_other_backend_does()
    {
        using var module = new ModelGen.Torch.SinusoidalEmbedding();
        using var scope = NewDisposeScope();
        var (x, y, dx) = (Referee.Values(6, 1), Referee.Unwritten(6), Referee.Unwritten(6));
        SinusoidalEmbedding<Sequence>.Forward(x, y);
        SinusoidalEmbedding<Sequence>.Backward(x, dx);
        Referee.AssertClose(module.call(tensor(x).reshape(1, 2, 3)).to(float64), y);
        Assert.Equal(x, dx);
    }

    private readonly struct Words : IEmbedding
    {
        public static int Length => 3;

        public static int NumEmbeddings => 4;

        public static int EmbeddingDim => 19;

        public static int PaddingIdx => 2;
    }

    private readonly struct Sequence : ISequence
    {
        public static int Length => 2;

        public static int Features => 3;
    }
}
