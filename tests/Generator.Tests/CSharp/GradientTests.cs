using ModelGen.Torch;

namespace ModelGen.Tests.CSharp;

/// <summary>A step of training has the loss, the gradients and the running statistics of TorchSharp in float64.</summary>
[Collection("Torch")]
public sealed class GradientTests
{
    private static readonly BothBackends Networks = new(GradientNetworks.All.Select(network => network.Spec));

    public static TheoryData<string> Names { get; } = [.. Networks.Names];

    public GradientTests() => LibTorch.EnsureLoaded();

    [Theory, MemberData(nameof(Names))]
    public void Gradients_are_TorchSharps_in_float64(string name)
    {
        var network = GradientNetworks.All.Single(network => network.Spec.Name == name);

        GradientRun.AssertSame(seed => Networks.Create(name, seed), network.Loss, batchSize: 5, network.Batches, workers: 2);
    }

    [Theory]
    [InlineData("Seed")]
    [InlineData("LeNet")]
    public void Threads_without_a_sample_change_nothing(string name)
    {
        var network = GradientNetworks.All.Single(network => network.Spec.Name == name);

        GradientRun.AssertSame(seed => Networks.Create(name, seed), network.Loss, batchSize: 3, network.Batches, workers: 8);
    }

    /// <summary>What can't be compiled yet, and why.</summary>
    [Fact]
    public void These_lack_kernels() => Repository.AssertDerived(
        "tests/Generator.Tests/Snapshots/TrainingWithoutKernels.verified.txt",
        string.Concat(GradientNetworks.All.Where(network => !network.Spec.HasKernels).Select(network => $"{network.Spec.Name}: {string.Join(", ", network.Spec.Missing)}\n")));
}
