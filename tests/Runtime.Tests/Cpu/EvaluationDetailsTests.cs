using ModelGen.Cpu;
using ModelGen.Training.Metrics;

namespace ModelGen.Tests.Cpu;

public sealed class EvaluationDetailsTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(500)]
    public void Batches_are_counted_as_one_and_the_surest_mistakes_are_kept(int keep)
    {
        const int Samples = 230, Count = 5;
        var random = new Random(3);
        // Few values, so that many are equal.
        var probabilities = Enumerable.Range(0, Samples).Select(_ => Enumerable.Range(0, Count).Select(_ => random.Next(20) / 20f).ToArray()).ToArray();
        var labels = Enumerable.Range(0, Samples).Select(_ => random.Next(Count)).ToArray();
        var details = new EvaluationDetails(Count, keep);
        for (var first = 0; first < Samples; first += 32)
        {
            var batch = first..Math.Min(Samples, first + 32);
            details.Add(probabilities[batch].SelectMany(row => row).ToArray(), labels.AsSpan(batch));
        }

        var (confusion, mistakes) = details.Read();

        var expected = new long[Count, Count];
        var wrong = new List<Mistake>();
        for (var i = 0; i < Samples; i++)
        {
            var (actual, predicted) = (labels[i], Array.IndexOf(probabilities[i], probabilities[i].Max()));
            expected[actual, predicted]++;
            if (actual != predicted)
                wrong.Add(new Mistake(i, actual, predicted, probabilities[i].Max()));
        }

        for (var row = 0; row < Count; row++)
            Assert.All(Enumerable.Range(0, Count), column => Assert.Equal(expected[row, column], confusion[row, column]));
        Assert.Equal(wrong.OrderByDescending(mistake => mistake.Probability).ThenBy(mistake => mistake.Index).Take(keep), mistakes);
    }

    [Fact]
    public void Without_mistakes_to_keep_it_counts_alone()
    {
        var details = new EvaluationDetails(2, 0);
        details.Add([0.25f, 0.75f], [0]);

        Assert.Empty(details.Read().Mistakes);
        Assert.Equal(1, details.Read().Confusion[0, 1]);
    }

    [Fact]
    public void It_can_start_again()
    {
        var details = new EvaluationDetails(2, 3);
        details.Add([0.25f, 0.75f, 0, 1], [0, 0]);
        details.Reset();
        details.Add([0.375f, 0.625f], [0]);

        Assert.Equal([new Mistake(0, 0, 1, 0.625)], details.Read().Mistakes);
        Assert.Equal(1, details.Read().Confusion[0, 1]);
    }
}
