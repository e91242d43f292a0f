using ModelGen.Data;
using ModelGen.Training;

namespace ModelGen.Tests.CSharp;

/// <summary>The seed's network learns the same in both backends, and what one leaves the other takes.</summary>
[Collection("Torch")]
public sealed class TrainingTests : IDisposable
{
    private static readonly ImageSet Digits = DrawnDigits.Draw(320, seed: 5, new ImageShape(3, 16, 16));

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<bool> BothWays { get; } = [false, true];

    [Fact]
    public void Two_hundred_steps_from_one_seed_have_the_same_losses()
    {
        var torch = SeedProgram.Torch.Steps(Digits, 200, threads: 1, _folder["torch.pth"]);
        var csharp = SeedProgram.CSharp.Steps(Digits, 200, threads: 1, _folder["csharp.pth"]);

        // Until a rounding decides what wins in a window of a max-pool, after some 25 steps: from there on TorchSharp with two threads differs from itself with one, by some 5e-3.
        Assert.All(torch.Zip(csharp).Take(20), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        Assert.All(torch.Zip(csharp), pair => Assert.Equal(pair.First, pair.Second, 2e-2));
        Assert.InRange(torch[^1], 0, torch[0] / 10);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_same_seed_and_threads_give_the_same_bits(int threads)
    {
        var first = SeedProgram.CSharp.Steps(Digits, 40, threads, _folder["first.pth"]);
        var second = SeedProgram.CSharp.Steps(Digits, 40, threads, _folder["second.pth"]);

        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllBytes(_folder["first.pth"]), File.ReadAllBytes(_folder["second.pth"]));
    }

    [Fact]
    public void One_thread_and_two_agree_but_for_roundings()
    {
        // After some 25 steps a rounding decides what wins in a window of a max-pool, and the two part.
        var one = SeedProgram.CSharp.Steps(Digits, 20, threads: 1, _folder["one.pth"]);
        var two = SeedProgram.CSharp.Steps(Digits, 20, threads: 2, _folder["two.pth"]);

        Assert.All(one.Zip(two), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * Math.Max(1, pair.First)));
    }

    [Theory, MemberData(nameof(BothWays))]
    public void A_run_that_one_backend_began_the_other_ends(bool fromTorch)
    {
        var (first, second) = fromTorch ? (SeedProgram.Torch, SeedProgram.CSharp) : (SeedProgram.CSharp, SeedProgram.Torch);
        var straight = first.Train(_folder["straight"])!;

        Assert.Null(first.Train(_folder["moved"], stopAfter: 2));
        var moved = second.Train(_folder["moved"], resume: true)!;

        Assert.Equal(3, moved.Epochs.Count);
        Assert.All(straight.Epochs.Zip(moved.Epochs), pair => AssertClose(pair.First, pair.Second));
    }

    [Theory, MemberData(nameof(BothWays))]
    public void Weights_of_one_backend_predict_the_same_in_the_other(bool isTorchs)
    {
        var result = (isTorchs ? SeedProgram.Torch : SeedProgram.CSharp).Train(_folder["run"])!;
        var pixels = Enumerable.Range(0, 100).SelectMany(image => Digits.Pixels(image).ToArray()).ToArray();

        var torch = SeedProgram.Torch.Predict(result.WeightsPath, pixels);
        var csharp = SeedProgram.CSharp.Predict(result.WeightsPath, pixels);

        Assert.Equal(torch.Labels, csharp.Labels);
        Assert.True(torch.Labels.Distinct().Count() > 2);
        Assert.All(torch.Confidences.Zip(csharp.Confidences), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Predictions_into_memory_of_the_callers_allocate_nothing()
    {
        var result = SeedProgram.CSharp.Train(_folder["run"])!;

        Assert.Equal(0, SeedProgram.CSharp.Allocated(result.WeightsPath, Digits.Pixels(0).ToArray()));
    }

    [Fact]
    public void A_predictor_does_not_see_what_its_network_learns_later()
    {
        var (before, after) = SeedProgram.CSharp.WithOtherWeights(Digits.Pixels(0).ToArray());

        Assert.Equal(before, after);
    }

    private static void AssertClose(EpochMetrics one, EpochMetrics other)
    {
        Assert.Equal(one.TrainLoss, other.TrainLoss, 1e-4);
        Assert.Equal(one.TestLoss!.Value, other.TestLoss!.Value, 1e-4);
    }
}
