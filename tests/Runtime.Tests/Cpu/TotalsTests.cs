using CsCheck;
using ModelGen.Cpu;
using ModelGen.Tests.Torch;
using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>The scores are those of the other backend, however the samples are split into batches and among workers.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class TotalsTests
{
    public TotalsTests() => ModelGen.Torch.LibTorch.Configure(0, 1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(5, 9)]
    public void Classes(int workers, int topK)
    {
        using var scope = NewDisposeScope();
        var output = nn.functional.log_softmax(randn(70, 4), 1);
        var labels = randint(0, 4, 70, dtype: ScalarType.Int64);
        using var expected = new ModelGen.Torch.ClassificationTotals(CPU, topK);
        var totals = new ClassificationTotals(workers, topK);
        var (rows, right) = (Rows(output, 4), labels.data<long>().ToArray());
        foreach (var batch in Batches(70))
        {
            expected.Add(nn.functional.nll_loss(output[batch], labels[batch]), output[batch], labels[batch]);
            Share(batch, workers, (worker, i) => totals.Add(worker, -rows[i][right[i]], rows[i], (int)right[i]));
            totals.EndBatch(batch.End.Value - batch.Start.Value);
        }

        AssertEqual(expected.Read(), totals.Read());
        Assert.Equal(70, totals.Images);
    }

    /// <summary>Batches of one size do not weigh the same: a mean of their means would depend on how the samples are split.</summary>
    [Theory]
    [InlineData(1, 7)]
    [InlineData(3, 32)]
    [InlineData(2, 70)]
    public void Classes_that_have_weights(int workers, int batchSize)
    {
        using var scope = NewDisposeScope();
        var output = nn.functional.log_softmax(randn(70, 3), 1);
        var labels = randint(0, 3, 70, dtype: ScalarType.Int64);
        var weights = tensor(new[] { 0.125f, 1, 8 });
        using var torchs = new ModelGen.Torch.ClassificationTotals(CPU, topK: 2, classWeights: weights);
        var totals = new ClassificationTotals(workers, topK: 2, isWeighted: true);
        var (rows, right, weight) = (Rows(output, 3), labels.data<long>().ToArray(), weights.data<float>().ToArray());
        foreach (var batch in Batches(70, batchSize))
        {
            torchs.Add(nn.functional.nll_loss(output[batch], labels[batch], weights), output[batch], labels[batch]);
            Share(batch, workers, (worker, i) => totals.Add(worker, -weight[right[i]] * rows[i][right[i]], rows[i], (int)right[i]));
            totals.EndBatch(right[batch].Sum(label => weight[label]));
        }

        var whole = nn.functional.nll_loss(output, labels, weights).item<float>();
        Assert.Equal(whole, totals.Read().Loss, 1e-6);
        AssertEqual(torchs.Read(), totals.Read());
        Assert.Equal(torchs.Sums().Length, totals.Sums().Length);
        var restored = new ClassificationTotals(1, topK: 2, isWeighted: true);
        restored.Restore(torchs.Sums());
        Assert.Equal(torchs.Read(), restored.Read());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Labels(int workers)
    {
        using var scope = NewDisposeScope();
        var (output, target) = (rand(70, 4), rand(70, 4).round());
        using var expected = new ModelGen.Torch.MultiLabelTotals(4, 0.5, CPU);
        var totals = new MultiLabelTotals(4, 0.5, workers);
        var (rows, right) = (Rows(output, 4), Rows(target, 4));
        foreach (var batch in Batches(70))
        {
            expected.Add(tensor(0.0), output[batch], target[batch]);
            Share(batch, workers, (worker, i) => totals.Add(worker, 0, rows[i], right[i]));
            totals.EndBatch(1);
        }

        AssertEqual(expected.Read(), totals.Read());
    }

    /// <summary>Targets of a million that differ by less than 1: a sum of squares in double would keep 4 digits.</summary>
    [Fact]
    public void Numbers() => Gen.Select(Gen.Float[0, 1].Array[2].Array[5, 40], Gen.Int[1, 9], Gen.Int[1, 4]).Sample(
        (values, size, workers) =>
        {
            using var scope = NewDisposeScope();
            var right = values.Select(row => row.Select(value => 1e6f + MathF.Round(value * 64)).ToArray()).ToArray();
            var rows = right.Select((row, i) => row.Select(value => value + (i % 3 * 0.5f)).ToArray()).ToArray();
            using var expected = new ModelGen.Torch.RegressionTotals(2, CPU);
            var totals = new RegressionTotals(2, workers);
            foreach (var batch in Batches(values.Length, size))
            {
                expected.Add(tensor(0.25), Tensor(rows[batch]), Tensor(right[batch]));
                Share(batch, workers, (worker, i) => totals.Add(worker, 0.5, rows[i], right[i]));
                Assert.Equal(0.25, totals.EndBatch(2 * (batch.End.Value - batch.Start.Value)), 1e-12);
            }

            AssertEqual(expected.Read(), totals.Read());
        },
        iter: 50);

    [Fact]
    public void The_loss_alone()
    {
        var totals = new LossTotals(2);
        totals.Add(0, 1);
        totals.Add(1, 2);
        Assert.Equal(1.5, totals.EndBatch(2));
        totals.Add(1, 6);
        Assert.Equal(6, totals.EndBatch(1));

        Assert.Equal(new Scores(3, null, 3), totals.Read());
    }

    [Fact]
    public void A_mean_of_weighted_samples_counts_as_often_as_it_has_samples_as_in_the_other_backend()
    {
        // Weights 1 and 3 of losses 2 and 4: the batch's mean is 14 / 4.
        var totals = new LossTotals(1);
        totals.Add(0, 1 * 2);
        totals.Add(0, 3 * 4);

        Assert.Equal(3.5, totals.EndBatch(1 + 3));
        Assert.Equal(3.5, totals.Read().Loss);
    }

    [Theory]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.75)]
    [InlineData(3, 1)]
    [InlineData(9, 1)]
    public void Top_k_counts_a_class_among_the_k_highest(int k, double share)
    {
        // scikit-learn's own example of top_k_accuracy_score.
        float[][] scores = [[0.5f, 0.2f, 0.2f], [0.3f, 0.4f, 0.2f], [0.2f, 0.4f, 0.3f], [0.7f, 0.2f, 0.1f]];
        int[] labels = [0, 0, 2, 2];
        var totals = new ClassificationTotals(1, k);
        foreach (var (output, label) in scores.Zip(labels))
            totals.Add(0, 0, output, label);
        totals.EndBatch(4);

        Assert.Equal(share, totals.Read().TopK);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Of_equal_scores_the_first_is_the_answer_and_no_number_is_never_right(int label)
    {
        var totals = new ClassificationTotals(1);
        totals.Add(0, 0, [1, 1], label);
        totals.Add(0, 0, [float.NaN, float.NaN], label);
        totals.Add(0, 0, [label == 0 ? 1 : float.NaN, label == 0 ? float.NaN : 1], label);
        totals.EndBatch(3);

        Assert.Equal(label == 0 ? 1 / 3.0 : 0, totals.Read().Accuracy);
    }

    [Theory]
    [InlineData(5, 1)]
    [InlineData(6, 0)]
    public void A_target_that_never_changes_is_met_or_not(float prediction, double r2)
    {
        var totals = new RegressionTotals(1, 1);
        for (var i = 0; i < 3; i++)
            totals.Add(0, 0, [prediction], [5]);
        totals.EndBatch(3);

        Assert.Equal(r2, totals.Read().R2);
    }

    [Fact]
    public void What_a_checkpoint_keeps_of_them_goes_on_as_if_nothing_had_happened()
    {
        var (straight, resumed) = (new RegressionTotals(2, 2), new RegressionTotals(2, 2));
        Batch(straight, 3);
        resumed.Restore(straight.Sums());
        Batch(straight, 4);
        Batch(resumed, 4);

        Assert.Equal(straight.Read(), resumed.Read());

        static void Batch(RegressionTotals totals, int seed)
        {
            var random = new Random(seed);
            for (var i = 0; i < 5; i++)
                totals.Add(i % 2, random.NextDouble(), [random.NextSingle(), random.NextSingle()], [random.NextSingle(), random.NextSingle()]);
            totals.EndBatch(5);
        }
    }

    [Fact]
    public void They_can_start_again_also_within_a_batch()
    {
        var totals = new LossTotals(1);
        totals.Add(0, 5);
        totals.EndBatch(1);
        totals.Add(0, 7);
        totals.Reset();
        totals.Add(0, 1);
        totals.EndBatch(1);

        Assert.Equal(new Scores(1, null, 1), totals.Read());
    }

    [Fact]
    public void Reading_before_the_first_batch_is_a_programming_error()
    {
        Assert.Throws<InvalidOperationException>(() => new ClassificationTotals(1).Read());
        Assert.Throws<InvalidOperationException>(() => new AurocTotals(1).Read());
    }

    [Fact]
    public void AUROC_takes_classes_one_label_or_several()
    {
        float[] scores = [0.1f, 0.4f, 0.35f, 0.8f];
        var one = new AurocTotals(1);
        one.Add(scores.AsSpan(..3), [0f, 0, 1]);
        one.Add(scores.AsSpan(3..), [1f]);
        var classes = new AurocTotals(2);
        classes.Add([.. scores.SelectMany(score => new[] { 1 - score, score })], [0, 0, 1, 1]);
        var several = new AurocTotals(2);
        several.Add([.. scores.SelectMany(score => new[] { score, -score })], [0f, 0, 0, 0, 1, 1, 1, 1]);

        Assert.Equal(0.75, one.Read());
        Assert.Equal(0.75, classes.Read());
        Assert.Equal(0.5, several.Read());
    }

    [Fact]
    public void Adding_a_sample_allocates_nothing()
    {
        var totals = new ClassificationTotals(2, topK: 3);
        float[] output = [1, 2, 3, 4];
        totals.Add(0, 1, output, 2);
        totals.EndBatch(1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        totals.Add(1, 1, output, 2);
        totals.EndBatch(1);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static IEnumerable<Range> Batches(int samples, int size = 32) =>
        Enumerable.Range(0, (samples + size - 1) / size).Select(batch => (batch * size)..Math.Min(samples, (batch + 1) * size));

    private static void Share(Range batch, int workers, Action<int, int> add)
    {
        var (start, count) = (batch.Start.Value, batch.End.Value - batch.Start.Value);
        for (var i = 0; i < count; i++)
            add(i * workers / count, start + i);
    }

    private static float[][] Rows(Tensor tensor, int columns) => [.. tensor.data<float>().ToArray().Chunk(columns)];

    private static Tensor Tensor(float[][] rows) => tensor(rows.SelectMany(row => row).ToArray()).reshape(rows.Length, rows[0].Length);

    private static void AssertEqual(Scores expected, Scores actual)
    {
        Assert.Equal(expected.Images, actual.Images);
        Assert.Equal(expected.Loss, actual.Loss, 1e-6);
        Assert.Equal(expected.Accuracy, actual.Accuracy);
        Assert.Equal(expected.TopK, actual.TopK);
        foreach (var (left, right) in new[] { (expected.Mae, actual.Mae), (expected.Rmse, actual.Rmse), (expected.R2, actual.R2) })
        {
            Assert.Equal(left is null, right is null);
            Assert.Equal(left ?? 0, right ?? 0, 1e-9 * Math.Max(1, Math.Abs(left ?? 0)));
        }
    }
}
