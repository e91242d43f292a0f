using System.Globalization;
using ModelGen.Layers;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>What is emitted for each loss has PyTorch's value and gradient: Losses/golden.txt holds them, and make_golden.py how.</summary>
[Collection("Torch")]
public sealed class LossValuesTests
{
    private static readonly Case[] Cases =
    [
        .. File.ReadAllLines(Path.Combine(Repository.Root, "tests/Generator.Tests/Training/Losses/golden.txt")).Select(line => line.Split('|'))
            .Select(parts => new Case(parts[0], parts[1], [.. parts[2].Split(' ').Select(number => float.Parse(number, CultureInfo.InvariantCulture))])),
    ];

    private static readonly Lazy<System.Reflection.Assembly> Program = new(() => Compiled.From(("Losses.cs", Code())).Load());

    /// <summary>A loss and one setting; the value, the output and its gradient.</summary>
    private sealed record Case(string Loss, string Setting, float[] Numbers);

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Cases.Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void Has_PyTorchs_value_and_gradient(int number)
    {
        var numbers = Cases[number].Numbers;
        ModelGen.Torch.LibTorch.Configure(0, 1);

        var given = (float[])Program.Value.GetType("Demo.Losses")!.GetMethod($"Loss{number}")!.Invoke(null, [numbers[1..7]])!;

        Assert.Equal(7, given.Length);
        Assert.All(given.Zip([numbers[0], .. numbers[7..]]), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
    }

    [Fact]
    public void None_is_left_out() => Assert.Equal(TrainingCatalogue.Losses.Select(loss => loss.Keyword), Cases.Select(golden => golden.Loss).Distinct().Order(StringComparer.Ordinal));

    private static string Code() => $$"""
        using ModelGen.Torch;
        using TorchSharp;

        namespace Demo;

        /// <summary>A batch of two.</summary>
        public sealed record Batch(torch.Tensor Label, torch.Tensor Target);

        /// <summary>The losses as they are emitted.</summary>
        public static class Losses
        {
            private static readonly float[] Numbers = [0.25f, -3, 1, 1.5f, 0.5f, -0.5f];
            private static readonly float[] Holds = [1, 0, 1, 0, 0, 1];
            private static readonly float[] Shares = [0.2f, 0.3f, 0.5f, 1, 0, 0];

        {{string.Join("\n", Cases.Select(Method))}}
        }
        """;

    private static string Method(Case golden, int number)
    {
        var loss = TrainingCatalogue.Losses.Single(kind => kind.Keyword == golden.Loss);
        var settings = new Settings();
        if (golden.Setting.Split(' ') is [var name, var value])
            settings.Set(loss.Parameters.Single(parameter => parameter.Name == name), double.Parse(value, CultureInfo.InvariantCulture));
        var target = loss.Task.Range switch { "ZeroOrOne" => "Holds", "Probabilities" => "Shares", _ => "Numbers" };
        return $$"""
            /// <summary>{{golden.Loss}}.</summary>
            public static float[] Loss{{number}}(float[] values)
            {
                using var scope = torch.NewDisposeScope();
                var output = BatchTensors.Rows(values, 3, torch.CPU).requires_grad_();
                var batch = new Batch(BatchTensors.Labels([2, 0], torch.CPU), BatchTensors.Rows({{target}}, 3, torch.CPU));
                var loss = {{loss.Call(settings)}};
                loss.backward();
                return [.. BatchTensors.Values(loss.detach()), .. BatchTensors.Values(output.grad!)];
            }
            """;
    }
}
