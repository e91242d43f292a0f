using CsCheck;
using ModelGen.Training.Metrics;

namespace ModelGen.Tests.Training.Metrics;

public sealed class ConfusionMatrixTests
{
    // Rows are the classes, columns the answers. Nothing is of class 2, and nothing was taken for class 3.
    private static readonly ConfusionMatrix Matrix = new(new long[,] { { 8, 2, 0, 0 }, { 1, 5, 4, 0 }, { 0, 0, 0, 0 }, { 0, 5, 0, 0 } });

    [Fact]
    public void Precision_divides_by_the_answers_and_recall_by_the_samples()
    {
        Assert.Equal(new ClassScores(8 / 9.0, 8 / 10.0, 16 / 19.0, 10), Matrix.PerClass[0]);
        Assert.Equal(new ClassScores(5 / 12.0, 5 / 10.0, 10 / 22.0, 10), Matrix.PerClass[1]);
    }

    [Fact]
    public void A_share_of_nothing_is_0()
    {
        Assert.Equal(new ClassScores(0, 0, 0, 0), Matrix.PerClass[2]);
        Assert.Equal(new ClassScores(0, 0, 0, 5), Matrix.PerClass[3]);
        Assert.Equal(0, new ConfusionMatrix(new long[2, 2]).Accuracy);
    }

    [Fact]
    public void Accuracy_is_the_diagonals_share_and_macro_F1_counts_each_class_once()
    {
        Assert.Equal((25, 13), (Matrix.Samples, Matrix.Right));
        Assert.Equal(13 / 25.0, Matrix.Accuracy);
        Assert.Equal(((16 / 19.0) + (10 / 22.0)) / 4, Matrix.MacroF1, 1e-15);
    }

    [Fact]
    public void The_pairs_confused_most_come_first_and_of_equals_the_lower_labels()
    {
        Assert.Equal([new(3, 1, 5), new(1, 2, 4), new(0, 1, 2), new(1, 0, 1)], Matrix.MostConfused(10));
        Assert.Equal([new(3, 1, 5)], Matrix.MostConfused(1));
        Assert.Equal([new(0, 1, 3), new(1, 0, 3)], new ConfusionMatrix(new long[,] { { 1, 3 }, { 3, 1 } }).MostConfused(5));
    }

    [Fact]
    public void What_is_no_square_of_counts_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(new long[0, 0]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(new long[2, 3]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(new long[,] { { -1 } }));
    }

    /// <summary>F1 is here the harmonic mean that its name says; the matrix computes it from the counts.</summary>
    [Fact]
    public void Every_score_is_a_share_and_follows_from_the_samples() =>
        Gen.Select(Gen.Int[1, 6], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).Array[0, 60]).Sample((classes, answers) =>
        {
            var counts = new long[classes, classes];
            foreach (var (actual, predicted) in answers)
                counts[actual % classes, predicted % classes]++;
            var matrix = new ConfusionMatrix(counts);

            Assert.Equal(answers.Length, matrix.Samples);
            Assert.Equal(answers.Count(answer => answer.Item1 % classes == answer.Item2 % classes), matrix.Right);
            Assert.Equal(answers.Length - matrix.Right, matrix.MostConfused(int.MaxValue).Sum(pair => pair.Samples));
            for (var label = 0; label < classes; label++)
            {
                var (precision, recall, f1, samples) = matrix.PerClass[label];
                Assert.Equal(answers.Count(answer => answer.Item1 % classes == label), samples);
                Assert.Equal(precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall), f1, 1e-12);
                Assert.All([precision, recall, f1], share => Assert.InRange(share, 0, 1));
            }
        });
}
