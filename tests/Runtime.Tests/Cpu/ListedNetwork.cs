using ModelGen.Cpu;

namespace ModelGen.Tests.Cpu;

/// <summary>A network that is its parameters alone.</summary>
internal sealed class ListedNetwork(params Parameter[] parameters) : Network
{
    public override IReadOnlyList<Parameter> Parameters => parameters;

    public override IReadOnlyList<(string Path, int Version)> Modules { get; } =
        [("", 1), .. parameters.Select(parameter => parameter.Name[..parameter.Name.LastIndexOf('.')]).Distinct().Select(path => (path, path.StartsWith("bn", StringComparison.Ordinal) ? 2 : 1))];

    /// <summary>conv1, bn1 and fc1, as <see cref="WeightsTests"/> has them in TorchSharp.</summary>
    public static ListedNetwork Small() => new(
        new("conv1.weight", [2, 3, 2, 2]),
        new("conv1.bias", [2]),
        new("bn1.weight", [2]),
        new("bn1.bias", [2]),
        new("bn1.running_mean", [2], isTrained: false),
        new("bn1.running_var", [2], isTrained: false),
        Parameter.BatchCount("bn1.num_batches_tracked"),
        new("fc1.weight", [4, 8]),
        new("fc1.bias", [4]));

    /// <summary>A number for each element, other ones for each seed.</summary>
    public ListedNetwork Filled(int seed)
    {
        var random = new Random(seed);
        foreach (var parameter in parameters)
        {
            foreach (ref var value in parameter.Values.AsSpan())
                value = random.NextSingle() - 0.5f;
            if (parameter.IsCount)
                parameter.Count = random.NextInt64(1L << 40);
        }

        return this;
    }
}
