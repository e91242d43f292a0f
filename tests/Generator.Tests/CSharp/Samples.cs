using ModelGen.Data;
using static TorchSharp.torch;

namespace ModelGen.Tests.CSharp;

/// <summary>Random samples that fit a network with a recipe, as a data set and as the referee's tensors.</summary>
/// <param name="Set">An <see cref="ImageSet"/> or a <see cref="TableSet"/>.</param>
/// <param name="Inputs">What the network takes of them: float64 <c>[N, ...]</c>.</param>
/// <param name="Right">Classes, int64 <c>[N]</c>, or numbers, float64 <c>[N, T]</c>.</param>
internal sealed record Samples(object Set, Tensor Inputs, Tensor Right)
{
    /// <summary>Samples that follow from the seed.</summary>
    public static Samples Draw(TwinSpec spec, int count, int seed)
    {
        var random = new Random(seed);
        var (input, plan) = (spec.Graph.Input, spec.Graph.Training!);
        var classes = (int)plan.Classes;
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(classes))];
        string[] names = [.. Enumerable.Range(0, classes).Select(label => $"class {label}")];
        if (plan.Table is null)
        {
            var pixels = new byte[count * input.ElementCount];
            random.NextBytes(pixels);
            var images = tensor([.. pixels.Select(pixel => pixel / 255.0)]).reshape([count, .. input.Sizes]);
            return new(new ImageSet(new((int)input[0], (int)input[1], (int)input[2]), pixels, labels, names), Normalized(images, plan.Mean, plan.Std, 1, 1), tensor(labels).to(int64));
        }

        float[] features = [.. Enumerable.Range(0, (int)(count * input.ElementCount)).Select(_ => (4 * random.NextSingle()) - 2)];
        var rows = Normalized(tensor(features).to(float64).reshape([count, .. input.Sizes]), plan.Mean, plan.Std);
        if (plan.Task.HasClasses)
            return new(new TableSet(features, labels, names), rows, tensor(labels).to(int64));

        // Shares of one, which suit every loss of numbers: probabilities, labels, and whatever else.
        float[] targets = [.. Enumerable.Range(0, count).SelectMany(_ => Shares(random, classes))];
        return new(new TableSet(features, targets, classes), rows, tensor(targets).to(float64).reshape(count, classes));
    }

    /// <summary>Some of them, in an order.</summary>
    public (Tensor Inputs, Tensor Right) At(int[] indices)
    {
        var places = tensor(indices).to(int64);
        return (Inputs[places], Right[places]);
    }

    private static float[] Shares(Random random, int count)
    {
        float[] parts = [.. Enumerable.Range(0, count).Select(_ => 0.1f + random.NextSingle())];
        return [.. parts.Select(part => part / parts.Sum())];
    }

    private static Tensor Normalized(Tensor values, IReadOnlyList<double>? mean, IReadOnlyList<double>? std, params long[] behind) =>
        mean is null ? values : (values - tensor([.. mean]).reshape([-1, .. behind])) / tensor([.. std!]).reshape([-1, .. behind]);
}
