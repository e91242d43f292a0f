using ModelGen.CommandLine;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>How libtorch rounds and which algorithms it takes is set by the run, and stands in its record.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class NumericsTests : IDisposable
{
    private static readonly Device Gpu = new(DeviceType.CUDA, 0);

    public NumericsTests() => LibTorch.EnsureLoaded();

    public void Dispose() => LibTorch.Configure(0, 1);

    [Fact]
    public void Products_are_float32s_own_unless_the_run_asks_for_TF32()
    {
        LibTorch.Configure(0, 1);
        Assert.Equal((false, false), (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32));

        LibTorch.Configure(0, 1, tf32: true);
        Assert.Equal((true, true), (backends.cuda.matmul.allow_tf32, backends.cudnn.allow_tf32));
    }

    [LinuxFact]
    public void cuDNN_tries_its_algorithms_unless_the_run_is_deterministic()
    {
        LibTorch.Configure(0, 1);
        Assert.Equal((true, false, false), (GlobalContext.CuDnnBenchmark, GlobalContext.CuDnnDeterministic, GlobalContext.DeterministicAlgorithms));

        LibTorch.Configure(0, 1, deterministic: true);
        Assert.Equal((false, true, true), (GlobalContext.CuDnnBenchmark, GlobalContext.CuDnnDeterministic, GlobalContext.DeterministicAlgorithms));
    }

    [LinuxFact]
    public void The_record_says_what_is_set()
    {
        LibTorch.Configure(0, 1);
        Assert.Equal(("cpu", "cuda:0, float32 without TF32, cuDNN autotuned"), (TorchDevice.Record(CPU), TorchDevice.Record(Gpu)));

        LibTorch.Configure(0, 1, tf32: true, deterministic: true);
        Assert.Equal(("cpu, deterministic", "cuda:0, TF32, deterministic"), (TorchDevice.Record(CPU), TorchDevice.Record(Gpu)));
    }

    [LinuxFact]
    public void An_operation_that_cannot_be_deterministic_fails_in_one_sentence()
    {
        LibTorch.Configure(0, 1, deterministic: true);
        using var script = jit.compile("def put(numbers, places, values):\n    return numbers.put_(places, values)\n");
        using var numbers = zeros(4);
        using var places = tensor(new long[] { 1, 1 });
        using var values = ones(2);

        var error = Assert.ThrowsAny<Exception>(() => script.invoke("put", numbers, places, values));

        Assert.Equal("The operation 'put_' can't give the same bits each time, which --deterministic asks for: leave that out, or the layer that needs it.", Failure.Describe(error));
    }
}
