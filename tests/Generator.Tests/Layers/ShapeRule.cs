using CsCheck;
using ModelGen.Collections;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>A layer's shape rule against TorchSharp itself: the inferred shape is the real one, or both refuse.</summary>
internal static class ShapeRule
{
    /// <param name="input">The input's sizes without the batch.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="create">Makes its module in TorchSharp.</param>
    /// <param name="refusedAlone">Whether the checker refuses what TorchSharp takes, because it would touch the batch.</param>
    public static void AssertSame(long[] input, SectionSpec layer, Func<nn.Module<Tensor, Tensor>> create, bool refusedAlone = false) =>
        AssertGives(input, layer, create, (module, value) => module.call(value), refusedAlone);

    /// <param name="input">The input's sizes without the batch.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="create">Makes its module, or whatever <paramref name="call"/> needs.</param>
    /// <param name="call">Computes the output.</param>
    /// <param name="refusedAlone">Whether the checker refuses what TorchSharp takes, because it would touch the batch.</param>
    public static void AssertGives<T>(long[] input, SectionSpec layer, Func<T> create, Func<T, Tensor, Tensor> call, bool refusedAlone = false)
    {
        LibTorch.EnsureLoaded();
        var spec = new ModelSpec("Net.model.json", "", default, "Net", "public", EquatableArray<SectionSpec>.Of([SectionSpec.Of("input", new SettingSpec("shape", SpecValue.Of(EquatableArray<SpecValue>.Of(input.Select(SpecValue.Of)))))]), EquatableArray<SectionSpec>.Of([layer]), null, null, null, IsSound: true, IsWritable: true);
        var (graph, _, _, findings) = ModelChecker.Check(spec);
        using var scope = NewDisposeScope();
        try
        {
            var output = call(create(), zeros([2, .. input]));
            if (refusedAlone)
                Assert.Null(graph);
            else
                Assert.Equal(output.shape, (long[])[2, .. graph?.Output.Sizes ?? throw new InvalidOperationException($"TorchSharp takes what the checker refuses: {findings[0].Message}")]);
        }
        catch (Exception refusal) when (refusal is System.Runtime.InteropServices.ExternalException or ArgumentException)
        {
            Assert.True(graph is null, $"TorchSharp refuses what the checker takes: {refusal.Message}");
        }
    }

    /// <summary>The only thing that is said of a network contains <paramref name="said"/>.</summary>
    /// <param name="input">The input's sizes as JSON has them.</param>
    /// <param name="layers">The items of a list of layers.</param>
    /// <param name="said">A part of the message.</param>
    public static void AssertSays(string input, string layers, string said)
    {
        var spec = JsonSpecReader.Read("Net.model.json", $$"""{ "input": {{input}}, "layers": [{{layers}}] }""", "Demo").Spec!;

        Assert.Contains(said, Assert.Single(ModelChecker.Check(spec).Findings).Message, StringComparison.Ordinal);
    }

    public static Gen<(long, long)> Pair(int min, int max) => Gen.Select(Gen.Long[min, max], Gen.Long[min, max]);

    public static SpecValue Of((long Height, long Width) size) => List(size.Height, size.Width);

    public static SpecValue List(params long[] numbers) => SpecValue.Of(EquatableArray<SpecValue>.Of(numbers.Select(SpecValue.Of)));

    public static SectionSpec Layer(string keyword, params (string Name, SpecValue Value)[] settings) =>
        new(keyword, EquatableArray<SettingSpec>.Of(settings.Select(setting => new SettingSpec(setting.Name, setting.Value))));
}
