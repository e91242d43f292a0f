using ModelGen.Cpu;

namespace ModelGen.Tests.Cpu;

/// <summary>Aligned memory begins with a cache line and is as long as was asked for.</summary>
public sealed class AlignedMemoryTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(1000)]
    public unsafe void It_begins_with_a_cache_line_and_is_zero(int length)
    {
        for (var i = 0; i < 20; i++)
        {
            var memory = AlignedMemory.Allocate(length);

            Assert.Equal(new float[length], memory.ToArray());
            using var pin = memory.Pin();
            Assert.Equal(0, (long)pin.Pointer % 64);
        }
    }

    [Fact]
    public void A_line_is_a_vector_of_AVX_512() => Assert.Equal(16, AlignedMemory.Line);

    [Fact]
    public void A_negative_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => AlignedMemory.Allocate(-1));
}
