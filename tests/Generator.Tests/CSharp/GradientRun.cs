using ModelGen.Cpu;
using ModelGen.Data;
using ModelGen.Torch;
using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Tests.CSharp;

/// <summary>One step of training in plain C# beside the referee's: loss, gradients, and running statistics.</summary>
internal static class GradientRun
{
    /// <summary>How far weights are moved to look for kinks, in parts of their size: more than float32's rounding moves what is made of them.</summary>
    private const double Nudge = 1e-5;

    /// <summary>What a nudge to either side adds up to where there is no kink: the square of it, by the curvature.</summary>
    private const double Smooth = 3e-7;

    /// <summary>Of the tolerance, in parts of the longest gradient's length: a gradient that cancels out, as of a bias before a batch norm, is rounding alone.</summary>
    private const double Zero = 0.1;

    /// <summary>
    /// Takes the first draw of weights and samples that is not at a kink of an activation, a pool or a loss, where one rounding decides which
    /// gradient is right; and compares all that the step gives.
    /// </summary>
    /// <param name="create">Makes the network from a seed.</param>
    /// <param name="loss">The mean loss of an output and what is right.</param>
    /// <param name="batchSize">Samples in a batch.</param>
    /// <param name="batches">Batches that make one step.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="tolerance">By what part of its length a gradient may differ.</param>
    public static void AssertSame(Func<int, Twins> create, Func<Tensor, Tensor, Tensor> loss, int batchSize, int batches, int workers, double tolerance = 1e-5)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var scope = NewDisposeScope();
            using var twins = create(seed);
            var samples = Samples.Draw(twins.Spec, batchSize * batches, seed);
            var options = ((TrainingOptions)Activator.CreateInstance(twins.TypeOf("Options"))!) with { BatchSize = batchSize, LearningRate = 0, Device = "cpu", Threads = workers };
            int[][] order = [.. SampleOrder.Shuffled(batchSize * batches, options.Seed, epoch: 1).Chunk(batchSize)];
            var expected = Run(twins.Torch, loss, [.. order.Select(samples.At)]);
            foreach (var (name, buffer) in ModuleState.Tensors(twins.Torch))
                expected.Statistics[name] = Twins.Values(buffer);
            if (IsAtKink(twins.Torch, loss, [.. order.Select(samples.At)], expected.Gradients))
                continue;

            dynamic data = Activator.CreateInstance(twins.TypeOf("Data"), samples.Set, options)!;
            using var trainer = (IDisposable)Activator.CreateInstance(twins.TypeOf("Trainer"), twins.CSharp, options)!;
            Scores scores = ((dynamic)trainer).TrainEpoch(data, 1);
            Assert.Equal(expected.Loss, scores.Loss, tolerance * Math.Max(1, Math.Abs(expected.Loss)));
            AssertSame(expected, twins.CSharp, tolerance);
            return;
        }

        Assert.Fail("Twenty draws are all at a kink.");
    }

    private static void AssertSame(Expected expected, Network network, double tolerance)
    {
        var longest = expected.Gradients.Values.Max(Length);
        Assert.True(longest > 0);
        foreach (var parameter in network.Parameters)
        {
            if (!parameter.IsTrained)
            {
                Assert.Equal(expected.Statistics[parameter.Name], parameter.IsCount ? [parameter.Count] : parameter.Values.Select(value => (double)value), (one, other) => Math.Abs(one - other) <= tolerance * Math.Max(1, Math.Abs(one)));
                continue;
            }

            // What the loss does not depend on has none with the referee, and zeros here.
            var right = expected.Gradients.GetValueOrDefault(parameter.Name) ?? new double[parameter.Gradient.Length];
            var error = Length([.. right.Zip(parameter.Gradient, (one, other) => one - other)]);
            Assert.True(error <= (tolerance * Length(right)) + (Zero * tolerance * longest), $"{parameter.Name}: the error's length is {error}, the gradient's {Length(right)}, the longest {longest}.");
        }
    }

    private sealed record Expected(double Loss, Dictionary<string, double[]> Gradients, Dictionary<string, double[]> Statistics);

    private static Expected Run(nn.Module<Tensor, Tensor> network, Func<Tensor, Tensor, Tensor> loss, (Tensor Inputs, Tensor Right)[] batches)
    {
        using var scope = NewDisposeScope();
        network.train();
        network.zero_grad();
        var sum = 0.0;
        foreach (var (inputs, right) in batches)
        {
            var mean = loss(network.call(inputs), right) / batches.Length;
            mean.backward();
            sum += mean.item<double>();
        }

        return new(sum, network.named_parameters().Where(item => item.parameter.grad is not null).ToDictionary(item => item.name, item => Twins.Values(item.parameter.grad!)), []);
    }

    // Where gradients are smooth, what a nudge to one side changes, one to the other side changes back.
    private static bool IsAtKink(nn.Module<Tensor, Tensor> network, Func<Tensor, Tensor, Tensor> loss, (Tensor Inputs, Tensor Right)[] batches, Dictionary<string, double[]> gradients)
    {
        using var scope = NewDisposeScope();
        var longest = gradients.Values.Max(Length);
        for (var direction = 0; direction < 3; direction++)
        {
            var nudges = network.parameters().Select(parameter => randn_like(parameter) * parameter.detach().square().mean().sqrt() * Nudge).ToArray();
            var (forth, back) = (Nudged(1), Nudged(-1));
            if (gradients.Any(item => Length([.. item.Value.Select((value, i) => forth[item.Key][i] + back[item.Key][i] - (2 * value))]) > Smooth * (Length(item.Value) + (0.01 * longest))))
                return true;

            Dictionary<string, double[]> Nudged(double sign)
            {
                Move(sign);
                var run = Run(network, loss, batches);
                Move(-sign);
                return run.Gradients;
            }

            void Move(double sign)
            {
                using var noGradients = no_grad();
                foreach (var (parameter, nudge) in network.parameters().Zip(nudges))
                    parameter.add_(nudge * sign);
            }
        }

        return false;
    }

    private static double Length(IReadOnlyList<double> values) => Math.Sqrt(values.Sum(value => value * value));
}
