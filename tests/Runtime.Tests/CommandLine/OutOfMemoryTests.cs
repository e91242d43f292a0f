using System.Runtime.InteropServices;
using ModelGen.CommandLine;
using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

/// <summary>When a device's memory runs out, one sentence says what the batch takes, what there is, and which batch fits.</summary>
public sealed class OutOfMemoryTests
{
    /// <summary>What PyTorch 2.4 said on an RTX 3090 (pytorch/pytorch#16417).</summary>
    private const string Recorded =
        "CUDA out of memory. Tried to allocate 22.00 MiB. GPU 0 has a total capacity of 23.65 GiB of which 11.06 MiB is free. Including non-PyTorch memory, this process has 23.60 GiB memory in use. "
        + "Of the allocated memory 22.90 GiB is allocated by PyTorch, and 194.87 MiB is reserved by PyTorch but unallocated. If reserved but unallocated memory is large try setting "
        + "PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True to avoid fragmentation.  See documentation for Memory Management  (https://pytorch.org/docs/stable/notes/cuda.html#environment-variables)\nException raised from malloc\n  frame #0";

    private static readonly TrainingMemory Network = new(Model: 3 << 20, Sample: 10 << 20);

    [Fact]
    public void The_sentence_names_the_batch_what_it_takes_what_there_is_and_what_fits() => Assert.Equal(
        "Out of memory with a batch size of 4096: the model takes 3.00 MiB with gradients and optimizer, and the activations of a batch 40.00 GiB, "
        + "and of the device's 23.65 GiB only 11.06 MiB are free: use --batch-size 2048.",
        Say(Recorded, 4096));

    [Theory]
    [InlineData(16384, 2048)]
    [InlineData(2048, 1024)] // it would have fitted, and did not
    [InlineData(100, 64)]
    [InlineData(2, 1)]
    public void The_batch_that_is_proposed_is_the_largest_power_of_two_that_fits_and_is_smaller(int batchSize, int proposed) =>
        Assert.EndsWith($": use --batch-size {proposed}.", Say(Recorded, batchSize), StringComparison.Ordinal);

    [Fact]
    public void What_other_processes_have_is_not_counted_on()
    {
        const string Shared = "CUDA out of memory. Tried to allocate 1.00 GiB. GPU 0 has a total capacty of 8.00 GiB of which 0 bytes is free. "
            + "Of the allocated memory 2.00 GiB is allocated by PyTorch, and 100.00 MiB is reserved by PyTorch but unallocated.";

        Assert.EndsWith("only 0 bytes are free: use --batch-size 128.", Say(Shared, 1024), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_not_even_one_sample_fits_no_batch_is_proposed()
    {
        const string Tiny = "CUDA out of memory. GPU 0 has a total capacity of 8.00 MiB of which 1.00 KiB is free.";

        Assert.EndsWith("only 1.00 KiB are free: a smaller batch does not help, so use a device with more memory, or a smaller network.", Say(Tiny, 32), StringComparison.Ordinal);
        Assert.EndsWith("a smaller batch does not help, so use a device with more memory, or a smaller network.", Say(Recorded, 1), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_devices_numbers_the_next_smaller_power_of_two_is_proposed() => Assert.Equal(
        "Out of memory with a batch size of 32: the model takes 3.00 MiB with gradients and optimizer, and the activations of a batch 320.00 MiB: use --batch-size 16.",
        Say("[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 4 bytes.", 32));

    [Fact]
    public void Where_nearly_everything_fits_the_largest_batch_is_proposed() =>
        Assert.EndsWith($": use --batch-size {1 << 30}.", Failure.OutOfMemory(new LibTorchException(Recorded), int.MaxValue, new TrainingMemory(0, 1)), StringComparison.Ordinal);

    [Fact]
    public void Sums_beyond_all_memory_do_not_overflow() => Assert.Contains(
        "8589934592.00 GiB", Failure.OutOfMemory(new LibTorchException(Recorded), int.MaxValue, new TrainingMemory(long.MaxValue, long.MaxValue)), StringComparison.Ordinal);

    private static string Say(string message, int batchSize) => Failure.Describe(new AggregateException(new LibTorchException(message)), batchSize, Network);

    private sealed class LibTorchException(string message) : ExternalException(message);
}
