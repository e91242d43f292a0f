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
    public void What_no_block_can_hold_is_refused_before_anything_is_allocated()
    {
        Assert.Equal("The memory for 3 samples has 12,288 MiB, more than one block can have: use --batch-size 1.", Message(() => AlignedMemory.ForBatch(3, 1 << 30)));
        Assert.Equal("The memory for 1 sample has 16,384 MiB, more than one block can have: make the network or its input smaller.", Message(() => AlignedMemory.ForBatch(1, 1L << 32)));
        Assert.Equal("The memory for 64 threads has 16,400 MiB, more than one block can have: use --threads 31.", Message(() => ModelGen.Cpu.Buffer.ForWorkers(64, (1 << 26) + 1)));
        Assert.Equal("The memory for 2 threads has 16,384 MiB, more than one block can have: use --threads 1.", Message(() => _ = new Sums<double>(2, 1 << 30)));

        static string Message(Action allocate) => Assert.Throws<ModelGenException>(allocate).Message;
    }

    [Fact]
    public void A_negative_length_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => AlignedMemory.Allocate(-1));
}
