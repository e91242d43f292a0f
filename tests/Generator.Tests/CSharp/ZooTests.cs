using ModelGen.Tests.Passes;
using ModelGen.Torch;

namespace ModelGen.Tests.CSharp;

/// <summary>The zoo, with an eighth of its channels and on small images, gives what TorchSharp gives.</summary>
[Collection("Torch")]
public sealed class ZooTests
{
    // A layer that nobody takes is a warning, and those are errors here.
    private const string Unused = """{ "softplus": {}, "from": "conv1" },""";

    private static readonly IReadOnlyList<TwinSpec> Specs =
        [.. PassNetworks.Specs.OrderBy(network => network.Key, StringComparer.Ordinal).Select(network => new TwinSpec(network.Key, network.Value.Replace(Unused, "", StringComparison.Ordinal)))];

    private static readonly BothBackends Networks = new(Specs);

    public static TheoryData<string> Names { get; } = [.. Networks.Names];

    public ZooTests() => LibTorch.EnsureLoaded();

    [Theory, MemberData(nameof(Names))]
    public void The_output_is_TorchSharps(string name)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var twins = Networks.Create(name, seed: 1);
        using var input = twins.Input(batch: 2, seed: 2);
        twins.Strengthen();

        var expected = twins.Expected(input);
        Assert.InRange(expected.Max(Math.Abs), 1e-3, 1e6);
        Closeness.AssertOutput(expected, twins.Actual(input), 1e-5);

        // What comes out must depend on what goes in: biases alone would agree, too.
        var half = expected.Length / 2;
        Assert.InRange(expected[..half].Zip(expected[half..], (one, other) => Math.Abs(one - other)).Max() / expected.Max(Math.Abs), 1e-3, 2);
    }

    /// <summary>What can't be compiled yet, and why.</summary>
    [Fact]
    public void These_lack_kernels() => Repository.AssertDerived(
        "tests/Generator.Tests/Snapshots/ZooWithoutKernels.verified.txt",
        string.Concat(Specs.Where(spec => !spec.HasKernels).Select(spec => $"{spec.Name}: {string.Join(", ", Kinds(spec))}\n")));

    private static IEnumerable<string> Kinds(TwinSpec spec) => spec.Missing.Select(missing => missing[(missing.IndexOf('(') + 1)..missing.IndexOf(" of ", StringComparison.Ordinal)]).Distinct().Order(StringComparer.Ordinal);
}
