using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class ClassificationTotalsTests
{
    public ClassificationTotalsTests() => LibTorch.Configure(0, 1);

    [Fact]
    public void The_scores_are_those_over_all_images_at_once()
    {
        using var scope = NewDisposeScope();
        var output = nn.functional.log_softmax(randn(70, 10), 1);
        var labels = randint(0, 10, 70, dtype: ScalarType.Int64);
        using var totals = new ClassificationTotals(CPU);

        // The last batch is shorter.
        foreach (var (start, end) in new[] { (0, 32), (32, 64), (64, 70) })
        {
            var part = output[start..end];
            totals.Add(nn.functional.nll_loss(part, labels[start..end]), part, labels[start..end]);
        }

        var scores = totals.Read();
        Assert.Equal(70, totals.Images);
        Assert.Equal(70, scores.Images);
        Assert.Equal(nn.functional.nll_loss(output, labels).ToSingle(), scores.Loss, 1e-6);
        Assert.Equal(Enumerable.Range(0, 70).Count(i => output[i].argmax().ToInt64() == labels[i].ToInt64()) / 70.0, scores.Accuracy);
    }

    [Fact]
    public void Adding_leaves_no_tensor_and_no_gradient()
    {
        using var scope = NewDisposeScope();
        var weight = randn(4, 3, requires_grad: true);
        var labels = zeros(4, ScalarType.Int64);
        var loss = nn.functional.cross_entropy(weight, labels);
        var totals = new ClassificationTotals(CPU);
        totals.Add(loss, weight, labels);
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        for (var i = 0; i < 100; i++)
            totals.Add(loss, weight, labels);
        totals.Read();

        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        totals.Dispose();
        Assert.Equal(live - 3, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.True(is_grad_enabled());
        Assert.Null(weight.grad);
        loss.backward(); // The batch's own graph is untouched.
        Assert.NotNull(weight.grad);
    }

    [Fact]
    public void Totals_outlive_the_scope_they_were_made_in()
    {
        ClassificationTotals totals;
        using (NewDisposeScope())
            totals = new ClassificationTotals(CPU);
        using (totals)
        using (NewDisposeScope())
        {
            totals.Add(tensor(2f), tensor(new float[,] { { 0, 1 } }), tensor(new long[] { 1 }));

            Assert.Equal(new ModelGen.Training.Scores(2, 1, 1), totals.Read());
        }
    }

    [Fact]
    public void A_million_small_losses_lose_no_precision()
    {
        using var scope = NewDisposeScope();
        using var totals = new ClassificationTotals(CPU);
        var output = zeros(100_000, 1);
        var labels = zeros(100_000, ScalarType.Int64);
        var loss = tensor(0.1f);

        for (var i = 0; i < 200; i++)
            totals.Add(loss, output, labels);

        Assert.Equal(0.1f, totals.Read().Loss, 1e-12);
    }

    [Fact]
    public void Reading_before_the_first_batch_is_a_programming_error()
    {
        using var totals = new ClassificationTotals(CPU);

        Assert.Throws<InvalidOperationException>(() => totals.Read());
    }
}
