using ModelGen.Data;
using ModelGen.Tests.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>All parts of a training together: the other backend's numbers, and its own to the bit.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class TrainingTests
{
    private static readonly ImageSet Images = Drawn(61);

    public TrainingTests() => ModelGen.Torch.LibTorch.Configure(0, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_seed_gives_the_losses_of_TorchSharp(int workers)
    {
        using var scope = NewDisposeScope();
        random.manual_seed(5).Dispose();
        var linear = nn.Linear(SoftmaxRegression.Image.Length, SoftmaxRegression.Classes);
        using var optimizer = new ModelGen.Torch.AdamW(linear.named_parameters());
        using var totals = new ModelGen.Torch.ClassificationTotals(CPU);
        using var batches = new ModelGen.Torch.ImageBatches(Images, new Training.TestOptions { BatchSize = SoftmaxRegression.BatchSize }, CPU);
        using var network = new SoftmaxRegression(seed: 5, workers);

        for (var epoch = 1; epoch <= 10; epoch++)
        {
            var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch);
            totals.Reset();
            foreach (var (pixels, labels) in batches.Read(order))
            {
                var output = linear.forward(Normalised(pixels));
                var loss = nn.functional.cross_entropy(output, labels, weight: tensor(new[] { 1, 2, 0.5f, 1.5f }), label_smoothing: 0.1);
                optimizer.ZeroGradients();
                loss.backward();
                optimizer.Step(0.01);
                totals.Add(loss, output, labels);
            }

            var (expected, actual) = (totals.Read(), network.Train(Images, order));
            Assert.Equal(expected.Loss, actual.Loss, 1e-4 * expected.Loss);
            Assert.Equal(expected.Accuracy!.Value, actual.Accuracy!.Value, 1.01 / Images.Count); // A sample between two classes may fall to either.
        }

        Assert.InRange(totals.Read().Loss, 0, 1); // It has learned: guessing has 1.39.
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_seed_and_a_number_of_workers_give_the_same_bits(int workers)
    {
        using var first = new SoftmaxRegression(seed: 5, workers);
        using var second = new SoftmaxRegression(seed: 5, workers);
        var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);

        Assert.Equal(first.Train(Images, order), second.Train(Images, order));
        Assert.Equal(Bits(first), Bits(second));
    }

    [Fact]
    public void A_run_that_stopped_within_an_epoch_goes_on_as_if_it_had_not()
    {
        using var straight = new SoftmaxRegression(seed: 5, workers: 2);
        using var stopped = new SoftmaxRegression(seed: 5, workers: 2);
        using var resumed = new SoftmaxRegression(seed: 6, workers: 2);
        var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);
        stopped.Train(Images, order, most: 3);

        resumed.State.Restore(stopped.State.Read(), "last.ckpt");

        Assert.Equal(straight.Train(Images, order), resumed.Train(Images, order, skip: 3));
        Assert.Equal(Bits(straight), Bits(resumed));
    }

    private static Tensor Normalised(Tensor pixels)
    {
        var image = pixels.to(float32).div_(255f);
        for (var channel = 0; channel < 3; channel++)
            image.select(1, channel).sub_(SoftmaxRegression.Image.Mean[channel]).div_(SoftmaxRegression.Image.Std[channel]);
        return image.permute(0, 2, 3, 1).flatten(1);
    }

    private static byte[] Bits(SoftmaxRegression network) => [.. network.State.Read().Entries.SelectMany(entry => entry.Tensor.Data.ToArray())];

    /// <summary>Noise, in which a patch of each class's own is lighter.</summary>
    private static ImageSet Drawn(int count)
    {
        var random = new Random(1);
        var labels = Enumerable.Range(0, count).Select(_ => random.Next(SoftmaxRegression.Classes)).ToArray();
        var pixels = new byte[count * SoftmaxRegression.Image.Length];
        random.NextBytes(pixels);
        for (var n = 0; n < count; n++)
        {
            foreach (ref var value in pixels.AsSpan((n * SoftmaxRegression.Image.Length) + (labels[n] * 20), 20))
                value = (byte)(128 + (value / 2));
        }

        return new ImageSet(new ImageShape(3, 6, 5), pixels, labels, ["a", "b", "c", "d"]);
    }
}
