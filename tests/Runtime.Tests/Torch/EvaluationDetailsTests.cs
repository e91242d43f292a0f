using ModelGen.Torch;
using ModelGen.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class EvaluationDetailsTests
{
    public EvaluationDetailsTests() => LibTorch.Configure(0, 1);

    [Fact]
    public void Batches_are_counted_as_one_and_the_surest_mistakes_are_kept()
    {
        using var scope = NewDisposeScope();
        const int Samples = 230, Keep = 24;
        var probabilities = randn(Samples, 5).softmax(1);
        var labels = randint(0, 5, Samples, dtype: ScalarType.Int64);
        using var details = new EvaluationDetails(5, Keep, CPU);
        for (var first = 0; first < Samples; first += 32)
        {
            var batch = first..Math.Min(Samples, first + 32);
            details.Add(probabilities[batch], labels[batch]);
        }

        var (confusion, mistakes) = details.Read();

        var expected = new long[5, 5];
        var wrong = new List<Mistake>();
        for (var i = 0; i < Samples; i++)
        {
            var (actual, predicted) = ((int)labels[i].ToInt64(), (int)probabilities[i].argmax().ToInt64());
            expected[actual, predicted]++;
            if (actual != predicted)
                wrong.Add(new Mistake(i, actual, predicted, probabilities[i].max().ToSingle()));
        }

        for (var row = 0; row < 5; row++)
            Assert.All(Enumerable.Range(0, 5), column => Assert.Equal(expected[row, column], confusion[row, column]));
        Assert.Equal(wrong.OrderByDescending(mistake => mistake.Probability).ThenBy(mistake => mistake.Index).Take(Keep), mistakes);
    }

    [Fact]
    public void Of_equally_sure_mistakes_the_first_are_kept()
    {
        using var scope = NewDisposeScope();
        using var details = new EvaluationDetails(2, 3, CPU);
        var certain = tensor(new float[,] { { 0, 1 }, { 0, 1 } });
        var labels = zeros(2, ScalarType.Int64);
        for (var first = 0; first < 8; first += 2)
            details.Add(certain, labels);

        Assert.Equal([0, 1, 2], details.Read().Mistakes.Select(mistake => mistake.Index));
    }

    [Fact]
    public void Where_there_are_fewer_mistakes_than_asked_for_there_are_fewer()
    {
        using var scope = NewDisposeScope();
        using var details = new EvaluationDetails(2, 24, CPU);
        details.Add(tensor(new[,] { { 0.25f, 0.75f }, { 0.5f, 0.5f } }), zeros(2, ScalarType.Int64));

        Assert.Equal([new Mistake(0, 0, 1, 0.75)], details.Read().Mistakes);
    }

    [Fact]
    public void Without_mistakes_to_keep_it_counts_alone()
    {
        using var scope = NewDisposeScope();
        using var details = new EvaluationDetails(2, 0, CPU);
        details.Add(tensor(new[,] { { 0.25f, 0.75f } }), zeros(1, ScalarType.Int64));

        Assert.Empty(details.Read().Mistakes);
        Assert.Equal(1, details.Read().Confusion[0, 1]);
    }

    [Fact]
    public void It_can_start_again()
    {
        using var scope = NewDisposeScope();
        using var details = new EvaluationDetails(2, 3, CPU);
        details.Add(tensor(new[,] { { 0.25f, 0.75f }, { 0, 1 } }), zeros(2, ScalarType.Int64));
        details.Reset();
        details.Add(tensor(new[,] { { 0.375f, 0.625f } }), zeros(1, ScalarType.Int64));

        Assert.Equal([new Mistake(0, 0, 1, 0.625)], details.Read().Mistakes);
        Assert.Equal(1, details.Read().Confusion[0, 1]);
    }

    [Fact]
    public void Adding_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        var probabilities = randn(4, 3, requires_grad: true).softmax(1);
        var labels = zeros(4, ScalarType.Int64);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var details = new EvaluationDetails(3, 5, CPU))
        {
            for (var i = 0; i < 100; i++)
                details.Add(probabilities, labels);
            details.Reset();
            details.Add(probabilities, labels);
            details.Read();
            Assert.Equal(before + 3, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}
