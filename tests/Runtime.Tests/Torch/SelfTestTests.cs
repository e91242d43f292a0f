using ModelGen.Torch;
using TorchSharp;

namespace ModelGen.Tests.Torch;

/// <summary>What a libtorch of the user's own must pass.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SelfTestTests
{
    [Fact]
    public void The_libtorch_of_the_package_passes()
    {
        LibTorch.EnsureLoaded();

        Assert.Null(SelfTest.Failure());
    }

    [Fact]
    public void It_leaves_no_tensor_and_draws_no_random_number()
    {
        LibTorch.Configure(0, 7);
        using var expected = torch.rand(4);
        LibTorch.Configure(0, 7);

        // This thread's alone: the collector frees at any time what other tests left to it, on a thread of its own.
        var tensors = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        SelfTest.Failure();
        Assert.Equal(tensors, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        using var drawn = torch.rand(4);

        Assert.Equal(expected.data<float>().ToArray(), drawn.data<float>().ToArray());
    }

    [Fact]
    public void The_first_failure_is_named()
    {
        var failure = SelfTest.Failure([("first", () => null), ("second", () => "it is 3 in the place of 2"), ("third", () => throw new InvalidOperationException())]);

        Assert.Equal("second: it is 3 in the place of 2", failure);
    }

    [Fact]
    public void An_exception_is_a_failure_of_one_line()
    {
        var failure = SelfTest.Failure([("exceptions", () => throw new EntryPointNotFoundException("no THSTensor_mm.\nframe #0"))]);

        Assert.Equal("exceptions: EntryPointNotFoundException, no THSTensor_mm", failure);
    }

    [Theory]
    [InlineData(2f, null)]
    [InlineData(2.0001f, null)]
    [InlineData(2.001f, "it is 2.001 in the place of 2")]
    [InlineData(float.NaN, "it is NaN in the place of 2")]
    public void Numbers_may_differ_by_rounding_alone(float given, string? difference) => Assert.Equal(difference, SelfTest.Difference("it", [given], [2f]));

    [Fact]
    public void Numbers_that_are_missing_are_told() => Assert.Equal("it has 1 numbers in the place of 2", SelfTest.Difference("it", [1f], [1f, 2f]));
}
