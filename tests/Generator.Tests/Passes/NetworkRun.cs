using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Passes;

/// <summary>What a network computes and becomes, by names that are the same in every form.</summary>
internal static class NetworkRun
{
    private const double LearningRate = 0.01;

    /// <summary>
    /// Outputs before and after, of four samples and of one; and in training the gradients of two batches in one loss, to which a third batch's are
    /// added, with the state that the three leave. No weight changes between: training is chaotic in deep networks, and would multiply roundings.
    /// </summary>
    public static Dictionary<string, double[]> Of(nn.Module<Tensor, Tensor> network)
    {
        using var scope = NewDisposeScope();
        var values = new Dictionary<string, double[]>
        {
            ["output"] = Evaluated(network, Input(network, batch: 4, seed: 1)),
            ["output of one"] = Evaluated(network, Input(network, batch: 1, seed: 2)),
        };
        Train(network);
        var (first, second) = (Loss(network, Input(network, batch: 4, seed: 3)), Loss(network, Input(network, batch: 4, seed: 4)));
        (first + (2 * second)).backward();
        var third = Loss(network, Input(network, batch: 4, seed: 5));
        third.backward();
        values["losses"] = [.. Values(first), .. Values(second), .. Values(third)];
        foreach (var (name, parameter) in network.named_parameters().Where(item => item.parameter.grad is not null))
            values["gradient of " + name] = Values(parameter.grad!);
        foreach (var (name, tensor) in network.state_dict())
            values[name] = Values(tensor);
        values["output afterwards"] = Evaluated(network, Input(network, batch: 4, seed: 1));
        return values;
    }

    /// <summary>The losses of a training with SGD.</summary>
    public static IReadOnlyList<double> Curve(nn.Module<Tensor, Tensor> network, int steps, ScalarType type = ScalarType.Float64)
    {
        var losses = new List<double>(steps);
        Train(network);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            var loss = Loss(network, Input(network, batch: 4, seed: step % 10).to(type));
            loss.backward();
            Descend(network);
            losses.Add(loss.to(float64).item<double>());
        }

        return losses;
    }

    /// <summary>An input for a network that follows from the seed.</summary>
    public static Tensor Input(nn.Module network, long batch, int seed)
    {
        // A span can't be boxed: reflection reads it by way of a delegate.
        long[] shape = [batch, .. network.GetType().GetProperty("InputShape")!.GetMethod!.CreateDelegate<Func<ReadOnlySpan<long>>>()()];
        random.manual_seed(seed);
        return shape.Length == 2 ? randint(20, shape) : rand(shape, float64);
    }

    public static double[] Evaluated(nn.Module<Tensor, Tensor> network, Tensor input)
    {
        using var noGradients = no_grad();
        network.eval();
        return Values(network.call(input));
    }

    public static double[] Values(Tensor tensor) => tensor.detach().to(float64).contiguous().data<double>().ToArray();

    // Dropout stays out: it draws its numbers in the order of memory, so that channels last gets others, of the same distribution.
    private static void Train(nn.Module network)
    {
        network.train();
        foreach (var dropout in network.modules().OfType<Dropout>())
            dropout.eval();
    }

    /// <summary>The mean square of the outputs' distances from fixed values, so that each output has a gradient of its own.</summary>
    private static Tensor Loss(nn.Module<Tensor, Tensor> network, Tensor input)
    {
        random.manual_seed(6); // For the paths that are dropped.
        var output = network.call(input);
        random.manual_seed(7);
        return (output - rand(output.shape, float64).to(output.dtype)).square().mean();
    }

    private static void Descend(nn.Module network)
    {
        using var noGradients = no_grad();
        foreach (var parameter in network.parameters().Where(parameter => parameter.grad is not null))
        {
            parameter.sub_(parameter.grad! * LearningRate);
            parameter.grad = null;
        }
    }
}
