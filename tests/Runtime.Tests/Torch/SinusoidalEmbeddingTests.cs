using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>Any number of threads may ask one network.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class SinusoidalEmbeddingTests
{
    public SinusoidalEmbeddingTests() => LibTorch.Configure(1, 1);

    [Fact]
    public void Threads_that_ask_for_sequences_of_several_lengths_get_each_its_own()
    {
        using var shared = new SinusoidalEmbedding();
        var expected = Enumerable.Range(1, 4).Select(length => Values(shared, length)).ToArray();

        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < 5_000; i++)
                Assert.Equal(expected[thread], Values(shared, thread + 1));
        });
    }

    private static float[] Values(SinusoidalEmbedding embedding, long length)
    {
        using var none = zeros(1, length, 4);
        using var given = embedding.call(none);
        return given.data<float>().ToArray();
    }
}
