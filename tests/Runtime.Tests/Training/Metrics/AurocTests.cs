using CsCheck;
using ModelGen.Training.Metrics;

namespace ModelGen.Tests.Training.Metrics;

public sealed class AurocTests
{
    /// <summary>The first is scikit-learn's own example of <c>roc_auc_score</c>.</summary>
    [Theory]
    [InlineData(new[] { 0.1f, 0.4f, 0.35f, 0.8f }, new[] { false, false, true, true }, 0.75)]
    [InlineData(new[] { 1f, 2f, 3f, 4f }, new[] { false, false, true, true }, 1)]
    [InlineData(new[] { 4f, 3f, 2f, 1f }, new[] { false, false, true, true }, 0)]
    [InlineData(new[] { 5f, 5f, 5f, 5f }, new[] { false, true, true, false }, 0.5)]
    [InlineData(new[] { 1f, 2f, 2f, 3f }, new[] { false, true, false, true }, 0.875)]
    [InlineData(new[] { float.NegativeInfinity, float.PositiveInfinity }, new[] { false, true }, 1)]
    public void It_is_the_share_of_pairs_in_the_right_order(float[] scores, bool[] positive, double area) =>
        Assert.Equal(area, Auroc.Binary(scores, positive));

    [Theory]
    [InlineData(new float[0], new bool[0])]
    [InlineData(new[] { 1f, 2f }, new[] { true, true })]
    [InlineData(new[] { 1f, 2f }, new[] { false, false })]
    public void Without_both_kinds_of_samples_there_is_none(float[] scores, bool[] positive) => Assert.Null(Auroc.Binary(scores, positive));

    [Fact]
    public void It_equals_counting_all_pairs() =>
        // Few different scores, so that many are tied.
        Gen.Select(Gen.Int[-4, 4], Gen.Bool).Array[0, 80].Sample(samples =>
        {
            var pairs = (from positive in samples where positive.Item2 from negative in samples where !negative.Item2 select positive.Item1.CompareTo(negative.Item1)).ToArray();
            double? counted = pairs.Length == 0 ? null : pairs.Sum(order => order > 0 ? 1 : order == 0 ? 0.5 : 0) / pairs.Length;
            var area = Auroc.Binary([.. samples.Select(sample => sample.Item1 / 4f)], [.. samples.Select(sample => sample.Item2)]);

            Assert.Equal(counted is null, area is null);
            Assert.Equal(counted ?? 0, area ?? 0, 1e-12);
        });

    [Fact]
    public void A_class_that_does_not_occur_does_not_count_in_the_mean()
    {
        // Three classes, of which the last has no sample: 0.75 and 1.
        float[] scores = [0.1f, 0.1f, 0.9f, 0.4f, 0.2f, 0.9f, 0.35f, 0.0f, 0.9f, 0.8f, -1f, 0.9f];
        bool[] positive = [false, true, false, false, true, false, true, false, false, true, false, false];

        Assert.Equal(0.875, Auroc.Macro(scores, positive, 3));
        Assert.Null(Auroc.Macro(scores, new bool[12], 3));
    }

    [Fact]
    public void Scores_that_are_no_numbers_or_too_few_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Auroc.Binary([1, float.NaN, 2], [true, false, true]));
        Assert.Throws<ArgumentException>(() => Auroc.Binary([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => Auroc.Macro([1, 2, 3], [true, false, true], 2));
    }
}
