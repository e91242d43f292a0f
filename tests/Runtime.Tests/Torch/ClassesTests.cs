using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class ClassesTests
{
    public ClassesTests() => LibTorch.Configure(1, 1);

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.BFloat16)]
    public void The_most_likely_class_is_found_whatever_type_the_probabilities_have(ScalarType type)
    {
        using var scope = NewDisposeScope();
        var probabilities = tensor(new[,] { { 0.25f, 0.5f, 0.25f }, { 0.125f, 0.125f, 0.75f } }).to(type);

        var (labels, highest) = Classes.MostLikely(probabilities);

        Assert.Equal([1, 2], labels);
        Assert.Equal([0.5f, 0.75f], highest);
        Assert.Equal([2, 3], probabilities.shape); // It is the caller's still.
    }

    [Fact]
    public void Rows_that_lie_apart_in_memory_are_read_as_rows()
    {
        using var scope = NewDisposeScope();
        var transposed = tensor(new[,] { { 0.5f, 0.125f }, { 0.25f, 0.125f }, { 0.25f, 0.75f } }).t();

        var (labels, highest) = Classes.MostLikely(transposed);

        Assert.False(transposed.is_contiguous());
        Assert.Equal([0, 2], labels);
        Assert.Equal([0.5f, 0.75f], highest);
    }

    [Fact]
    public void Of_equal_ones_the_first_is_taken()
    {
        using var probabilities = tensor(new[,] { { 0.25f, 0.375f, 0.375f } });

        Assert.Equal([1], Classes.MostLikely(probabilities).Labels);
    }

    [Fact]
    public void No_sample_has_no_class()
    {
        using var probabilities = zeros(0, 3);

        var (labels, highest) = Classes.MostLikely(probabilities);

        Assert.Empty(labels);
        Assert.Empty(highest);
    }
}
