using System.Globalization;
using System.Runtime.Intrinsics;
using ModelGen.Cpu;
using ModelGen.Cpu.Simd;

namespace ModelGen.Tests.Cpu;

/// <summary>Each optimizer takes PyTorch's steps, to float32: Torch/Optimizers/golden.txt holds what PyTorch computes, and make_golden.py how.</summary>
public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<Parameter[], CpuOptimizer>> Optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = parameters => new SGD(parameters),
        ["sgd decay"] = parameters => new SGD(parameters, weightDecay: 0.1),
        ["sgd momentum"] = parameters => new SGD(parameters, momentum: 0.9),
        ["sgd nesterov"] = parameters => new SGD(parameters, momentum: 0.9, nesterov: true, weightDecay: 0.1),
        ["sgd weights"] = parameters => new SGD(parameters, momentum: 0.8, weightDecay: 0.1, decayWeightsOnly: true),
        ["adam"] = parameters => new Adam(parameters),
        ["adam settings"] = parameters => new Adam(parameters, beta1: 0.8, beta2: 0.95, eps: 1e-4, weightDecay: 0.1),
        ["adamw"] = parameters => new AdamW(parameters),
        ["adamw weights"] = parameters => new AdamW(parameters, beta1: 0.8, beta2: 0.95, eps: 1e-4, weightDecay: 0.3, decayWeightsOnly: true),
        ["rmsprop"] = parameters => new RMSprop(parameters),
        ["rmsprop momentum"] = parameters => new RMSprop(parameters, alpha: 0.9, eps: 1e-3, momentum: 0.5, weightDecay: 0.1),
        ["rmsprop centered"] = parameters => new RMSprop(parameters, centered: true),
        ["rmsprop all"] = parameters => new RMSprop(parameters, alpha: 0.9, momentum: 0.5, centered: true),
        ["adagrad"] = parameters => new Adagrad(parameters),
        ["adagrad settings"] = parameters => new Adagrad(parameters, lrDecay: 0.1, eps: 1e-3, initialAccumulatorValue: 0.2, weightDecay: 0.1),
        ["lion"] = parameters => new Lion(parameters),
        ["lion settings"] = parameters => new Lion(parameters, beta1: 0.7, beta2: 0.8, weightDecay: 0.2),
    };

    private static readonly Dictionary<string, double[]> Golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Torch", "Optimizers", "golden.txt"))
        .Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal);

    public static TheoryData<string> Names { get; } = [.. Optimizers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Its_steps_are_PyTorchs(string name)
    {
        var problem = new Problem();
        var optimizer = Optimizers[name](problem.Parameters);

        var values = new List<float>();
        for (var step = 1; step <= 10; step++)
        {
            problem.Step(optimizer, step);
            if (step is 1 or 10)
                values.AddRange(problem.Values);
        }

        Assert.Equal(10, optimizer.StepCount);
        Assert.All(values.Zip(Golden[name]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 2e-6 * Math.Max(1, Math.Abs(pair.Second))));
    }

    [Fact]
    public void PyTorch_was_asked_about_every_one() => Assert.Equal(Golden.Keys, Optimizers.Keys);

    [Theory, MemberData(nameof(Names))]
    public void A_team_of_any_size_takes_the_same_step_to_the_bit(string name)
    {
        float[] Weights(int workers)
        {
            // Sizes that no vector divides, so that shares begin anywhere in them.
            Parameter[] parameters = [new("fc1.weight", [37, 11]), new("fc1.bias", [37]), new("bn1.running_mean", [5], isTrained: false), new("fc2.weight", [1, 37])];
            var optimizer = Optimizers[name](parameters);
            var random = new Random(5);
            foreach (var parameter in parameters)
                parameter.Values.AsSpan().Fill(random.NextSingle() - 0.5f);
            using var team = workers > 0 ? new Team(workers) : null;
            for (var step = 0; step < 4; step++)
            {
                foreach (var parameter in parameters)
                {
                    foreach (ref var value in parameter.Gradient.AsSpan())
                        value = random.NextSingle() - 0.5f;
                }

                if (team is null)
                    optimizer.Step(0.1);
                else
                    optimizer.Step(0.1, team);
            }

            return [.. parameters.SelectMany(parameter => parameter.Values)];
        }

        var alone = Weights(0);
        Assert.All([1, 2, 3, 7], workers => Assert.Equal(alone, Weights(workers)));
    }

    [Fact]
    public void Every_width_of_vectors_gives_the_same_bits_and_the_rest_is_left()
    {
        static (float[] Weights, int Done) Moved<TLanes, TVector>()
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var random = new Random(1);
            float[] Draw() => [.. Enumerable.Range(0, 35).Select(_ => random.NextSingle() - 0.5f)];
            var (weights, gradient, first) = (Draw(), Draw(), Draw());
            var done = new WeightLoop(weights, gradient, first, [], []).Move<Momentum, TLanes, TVector>(default, added: 0.1f, kept: 0.9f, 0);
            return ([.. weights, .. first], done);
        }

        var (expected, all) = Moved<Lanes1, float>();
        Assert.Equal(35, all);
        foreach (var ((weights, done), end) in new[] { (Moved<Lanes128, Vector128<float>>(), 32), (Moved<Lanes256, Vector256<float>>(), 32), (Moved<Lanes512, Vector512<float>>(), 32) })
        {
            Assert.Equal(end, done);
            Assert.Equal(expected[..end], weights[..end]);
            Assert.Equal(expected[35..(35 + end)], weights[35..(35 + end)]);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_state_and_its_count_are_all_that_it_remembers(string name)
    {
        var straight = new Problem();
        var expected = Optimizers[name](straight.Parameters);
        for (var step = 1; step <= 6; step++)
            straight.Step(expected, step);

        var stopped = new Problem();
        var first = Optimizers[name](stopped.Parameters);
        for (var step = 1; step <= 3; step++)
            stopped.Step(first, step);
        var second = Optimizers[name](stopped.Parameters);
        foreach (var (from, to) in first.State.Zip(second.State))
        {
            Assert.Equal(from.Name, to.Name);
            from.Values.CopyTo(to.Values.AsSpan());
        }

        second.StepCount = first.StepCount;
        for (var step = 4; step <= 6; step++)
            stopped.Step(second, step);

        Assert.Equal(straight.Values, stopped.Values);
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("sgd momentum", "momentum_buffer")]
    [InlineData("adam", "exp_avg", "exp_avg_sq")]
    [InlineData("adamw", "exp_avg", "exp_avg_sq")]
    [InlineData("rmsprop", "square_avg")]
    [InlineData("rmsprop all", "square_avg", "grad_avg", "momentum_buffer")]
    [InlineData("adagrad", "sum")]
    [InlineData("lion", "exp_avg")]
    public void Its_state_has_PyTorchs_names_behind_the_modules_keys(string name, params string[] states)
    {
        var optimizer = Optimizers[name](new Problem().Parameters);

        Assert.Equal(states.SelectMany(state => new[] { $"fc1.weight.{state}", $"fc1.bias.{state}" }), optimizer.State.Select(state => state.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_step_allocates_nothing(string name)
    {
        var problem = new Problem();
        var optimizer = Optimizers[name](problem.Parameters);
        using var team = new Team(1);
        optimizer.Step(0.1);
        optimizer.Step(0.1, team);

        var before = GC.GetAllocatedBytesForCurrentThread();
        optimizer.ZeroGradients();
        optimizer.Step(0.05);
        optimizer.Step(0.05, team);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        var parameters = new Problem().Parameters;

        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new SGD(parameters, momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new SGD(parameters, weightDecay: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new Adam(parameters, beta1: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new AdamW(parameters, beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new RMSprop(parameters, alpha: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("lrDecay", () => new Adagrad(parameters, lrDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Lion(parameters, beta2: 1.5));
    }

    [Fact]
    public void What_is_not_trained_is_not_among_its_parameters_and_stays()
    {
        var running = new Parameter("bn1.running_mean", [2], isTrained: false);
        running.Values.AsSpan().Fill(3);
        var optimizer = new Adam([running, new("bn1.weight", [2]), Parameter.BatchCount("bn1.num_batches_tracked")], weightDecay: 0.1);

        optimizer.Step(0.1);

        Assert.Equal(["bn1.weight"], optimizer.Parameters.Select(parameter => parameter.Name));
        Assert.Equal([3, 3], running.Values);
    }

    [Fact]
    public void Zeroed_gradients_are_zero()
    {
        var problem = new Problem();
        var optimizer = new SGD(problem.Parameters);
        problem.Step(optimizer, 1);

        optimizer.ZeroGradients();

        Assert.All(problem.Parameters, parameter => Assert.All(parameter.Gradient, value => Assert.Equal(0, value)));
    }

    private readonly struct Momentum : IStep
    {
        public TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            first = TLanes.Add(TLanes.Multiply(first, TLanes.All(0.9f)), gradient);
            return TLanes.Subtract(weight, TLanes.Divide(first, TLanes.All(3)));
        }
    }

    /// <summary>make_golden.py's: the mean square error of one linear layer, with a learning rate that falls; its gradient by hand.</summary>
    private sealed class Problem
    {
        private static readonly float[][] Input = [[0.5f, -1, 2], [1.5f, 0.25f, -0.75f], [-2, 1, 0.125f], [0, 3, -1]];
        private static readonly float[][] Target = [[1, -0.5f], [0.25f, 2], [-1, 0], [0.5f, -1.5f]];

        public Problem()
        {
            Parameters = [new("fc1.weight", [2, 3]), new("fc1.bias", [2])];
            new[] { 0.1f, -0.2f, 0.3f, -0.4f, 0.5f, 0.6f }.CopyTo(Parameters[0].Values, 0);
            new[] { 0.05f, -0.15f }.CopyTo(Parameters[1].Values, 0);
        }

        public Parameter[] Parameters { get; }

        public float[] Values => [.. Parameters.SelectMany(parameter => parameter.Values)];

        public void Step(CpuOptimizer optimizer, int step)
        {
            optimizer.ZeroGradients();
            var (weight, bias) = (Parameters[0], Parameters[1]);
            for (var n = 0; n < 4; n++)
            {
                for (var o = 0; o < 2; o++)
                {
                    var error = Enumerable.Range(0, 3).Sum(i => (double)Input[n][i] * weight.Values[(o * 3) + i]) + bias.Values[o] - Target[n][o];
                    bias.Gradient[o] += (float)(error / 4);
                    for (var i = 0; i < 3; i++)
                        weight.Gradient[(o * 3) + i] += (float)(error * Input[n][i] / 4);
                }
            }

            optimizer.Step(0.05 * (1 - (0.03 * step)));
        }
    }
}
