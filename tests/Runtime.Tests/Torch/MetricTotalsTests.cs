using CsCheck;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>Top-k accuracy, errors of regression, and AUROC over batches.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class MetricTotalsTests
{
    public MetricTotalsTests() => LibTorch.Configure(0, 1);

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.75)]
    [InlineData(3, 1)]
    [InlineData(9, 1)]
    public void Top_k_counts_a_class_among_the_k_highest(int k, double share)
    {
        // scikit-learn's own example of top_k_accuracy_score.
        using var scope = NewDisposeScope();
        var scores = tensor(new[,] { { 0.5f, 0.2f, 0.2f }, { 0.3f, 0.4f, 0.2f }, { 0.2f, 0.4f, 0.3f }, { 0.7f, 0.2f, 0.1f } });
        var labels = tensor(new long[] { 0, 0, 2, 2 });
        using var totals = new ClassificationTotals(CPU, k);
        totals.Add(Loss(), scores[..1], labels[..1]);
        totals.Add(Loss(), scores[1..], labels[1..]);

        Assert.Equal(share, totals.Read().TopK);
    }

    [Fact]
    public void Regression_by_scikit_learns_example()
    {
        using var scope = NewDisposeScope();
        using var totals = new RegressionTotals(1, CPU);
        totals.Add(Loss(), tensor([2.5, 0.0]), tensor([3.0, -0.5]));
        totals.Add(Loss(), tensor([2.0, 8.0]), tensor([2.0, 7.0]));

        var scores = totals.Read();
        Assert.Equal(0.5, scores.Mae!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(0.375), scores.Rmse!.Value, 1e-12);
        Assert.Equal(0.9486081370449679, scores.R2!.Value, 1e-12);
        Assert.Equal(4, scores.Images);
    }

    [Fact]
    public void Of_several_targets_R2_is_the_mean_of_theirs()
    {
        using var scope = NewDisposeScope();
        using var totals = new RegressionTotals(2, CPU);
        totals.Add(Loss(), tensor(new[,] { { 0.0, 2 }, { -1, 2 }, { 8, -5 } }), tensor(new[,] { { 0.5, 1 }, { -1, 1 }, { 7, -6 } }));

        var scores = totals.Read();
        Assert.Equal((0.965438 + 0.908163) / 2, scores.R2!.Value, 1e-6); // r2_score(..., multioutput='raw_values')
        Assert.Equal(0.75, scores.Mae!.Value, 1e-12);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    public void A_target_that_never_changes_is_met_or_not(double prediction, double r2)
    {
        using var scope = NewDisposeScope();
        using var totals = new RegressionTotals(1, CPU);
        totals.Add(Loss(), full(3, prediction), full(3, 5.0));

        Assert.Equal(r2, totals.Read().R2);
    }

    /// <summary>Targets of a million that differ by less than 1: a sum of squares in double would keep 4 digits, the merged variance keeps 10.</summary>
    [Fact]
    public void However_the_samples_are_split_into_batches_R2_is_that_of_all_at_once() =>
        Gen.Select(Gen.Double[0, 1].Array[2, 40], Gen.Int[1, 9]).Where((values, _) => values.Max() - values.Min() > 0.01).Sample(
            (values, batch) =>
            {
                using var scope = NewDisposeScope();
                var target = values.Select(value => 1e6 + value).ToArray();
                var output = target.Select((value, i) => value + (i % 3 * 0.01)).ToArray();
                using var totals = new RegressionTotals(1, CPU);
                for (var first = 0; first < values.Length; first += batch)
                {
                    var part = first..Math.Min(values.Length, first + batch);
                    totals.Add(Loss(), tensor(output[part]), tensor(target[part]));
                }

                var mean = target.Select(value => value - 1e6).Average();
                var spread = target.Sum(value => (value - 1e6 - mean) * (value - 1e6 - mean));
                var squared = target.Zip(output, (right, answer) => (right - answer) * (right - answer)).Sum();
                var expected = 1 - (squared / spread);
                Assert.Equal(expected, totals.Read().R2!.Value, 1e-6 * Math.Max(1, Math.Abs(expected)));
            },
            iter: 50);

    [Fact]
    public void Shapes_that_would_broadcast_are_refused()
    {
        using var scope = NewDisposeScope();
        using var totals = new RegressionTotals(1, CPU);

        Assert.Throws<ArgumentException>(() => totals.Add(Loss(), zeros(4, 1), zeros(4)));
        Assert.Throws<ArgumentException>(() => totals.Add(Loss(), zeros(4, 2), zeros(4, 2)));
    }

    [Fact]
    public void AUROC_takes_classes_one_label_or_several()
    {
        using var scope = NewDisposeScope();
        var scores = tensor(new[] { 0.1f, 0.4f, 0.35f, 0.8f });
        var labels = tensor(new long[] { 0, 0, 1, 1 });
        using var one = new AurocTotals();
        one.Add(scores[..3], labels[..3]);
        one.Add(scores[3..], labels[3..]);
        using var classes = new AurocTotals();
        classes.Add(stack([1 - scores, scores], 1), labels);
        using var several = new AurocTotals();
        several.Add(stack([scores, -scores], 1), stack([labels, labels], 1).to(ScalarType.Float32));

        Assert.Equal(0.75, one.Read());
        Assert.Equal(0.75, classes.Read());
        Assert.Equal(0.5, several.Read());
    }

    [Fact]
    public void Labels_hold_from_a_probability_of_one_half_on()
    {
        using var scope = NewDisposeScope();
        using var probabilities = new MultiLabelTotals(2, 0.5, CPU);
        using var logits = new MultiLabelTotals(2, 0, CPU);
        var right = tensor(new[,] { { 1f, 0 }, { 1, 1 } });

        probabilities.Add(Loss(), tensor(new[,] { { 0.5f, 0.4f }, { 0.2f, 0.9f } }), right);
        logits.Add(Loss(), tensor(new[,] { { 0f, -0.4f }, { -1.4f, 2.2f } }), right);

        Assert.Equal(new ModelGen.Training.Scores(0, 0.75, 2), probabilities.Read());
        Assert.Equal(probabilities.Read(), logits.Read());
    }

    [Fact]
    public void What_a_checkpoint_keeps_of_them_goes_on_as_if_nothing_had_happened()
    {
        using var scope = NewDisposeScope();
        using var straight = new RegressionTotals(2, CPU);
        using var resumed = new RegressionTotals(2, CPU);
        straight.Add(tensor(0.5), rand(3, 2), rand(3, 2));
        resumed.Restore(straight.Sums());
        var (output, target) = (rand(4, 2), rand(4, 2));
        straight.Add(tensor(0.25), output, target);
        resumed.Add(tensor(0.25), output, target);

        Assert.Equal(straight.Read(), resumed.Read());
    }

    [Fact]
    public void Adding_leaves_no_tensor_but_what_is_kept()
    {
        using var scope = NewDisposeScope();
        var scores = randn(4, 3, requires_grad: true);
        var labels = zeros(4, ScalarType.Int64);
        var loss = Loss();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var topK = new ClassificationTotals(CPU, 2))
        using (var regression = new RegressionTotals(3, CPU))
        using (var auroc = new AurocTotals())
        {
            for (var i = 0; i < 10; i++)
            {
                topK.Add(loss, scores, labels);
                regression.Add(loss, scores, scores);
                auroc.Add(scores, labels);
            }

            topK.Read();
            regression.Read();
            auroc.Read();
            Assert.Equal(before + 3 + 3 + 20, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Reading_before_the_first_batch_is_a_programming_error()
    {
        using var topK = new ClassificationTotals(CPU, 1);
        using var regression = new RegressionTotals(1, CPU);
        using var auroc = new AurocTotals();

        Assert.Throws<InvalidOperationException>(() => topK.Read());
        Assert.Throws<InvalidOperationException>(() => regression.Read());
        Assert.Throws<InvalidOperationException>(() => auroc.Read());
    }

    private static Tensor Loss() => tensor(0.0);
}
