using System.Globalization;
using ModelGen.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>Each optimizer takes PyTorch's steps: Optimizers/golden.txt holds what PyTorch computes, and make_golden.py how.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class OptimizerTests
{
    private static readonly Dictionary<string, Func<Problem, TorchOptimizer>> Optimizers = new(StringComparer.Ordinal)
    {
        ["sgd"] = problem => new ModelGen.Torch.SGD(problem.Named),
        ["sgd decay"] = problem => new ModelGen.Torch.SGD(problem.Named, weightDecay: 0.1),
        ["sgd momentum"] = problem => new ModelGen.Torch.SGD(problem.Named, momentum: 0.9),
        ["sgd nesterov"] = problem => new ModelGen.Torch.SGD(problem.Named, momentum: 0.9, nesterov: true, weightDecay: 0.1),
        ["sgd weights"] = problem => new ModelGen.Torch.SGD(problem.Named, momentum: 0.8, weightDecay: 0.1, decayWeightsOnly: true),
        ["adam"] = problem => new ModelGen.Torch.Adam(problem.Named),
        ["adam settings"] = problem => new ModelGen.Torch.Adam(problem.Named, beta1: 0.8, beta2: 0.95, eps: 1e-4, weightDecay: 0.1),
        ["adamw"] = problem => new ModelGen.Torch.AdamW(problem.Named),
        ["adamw weights"] = problem => new ModelGen.Torch.AdamW(problem.Named, beta1: 0.8, beta2: 0.95, eps: 1e-4, weightDecay: 0.3, decayWeightsOnly: true),
        ["rmsprop"] = problem => new RMSprop(problem.Named),
        ["rmsprop momentum"] = problem => new RMSprop(problem.Named, alpha: 0.9, eps: 1e-3, momentum: 0.5, weightDecay: 0.1),
        ["rmsprop centered"] = problem => new RMSprop(problem.Named, centered: true),
        ["rmsprop all"] = problem => new RMSprop(problem.Named, alpha: 0.9, momentum: 0.5, centered: true),
        ["adagrad"] = problem => new ModelGen.Torch.Adagrad(problem.Named),
        ["adagrad settings"] = problem => new ModelGen.Torch.Adagrad(problem.Named, lrDecay: 0.1, eps: 1e-3, initialAccumulatorValue: 0.2, weightDecay: 0.1),
        ["lion"] = problem => new Lion(problem.Named),
        ["lion settings"] = problem => new Lion(problem.Named, beta1: 0.7, beta2: 0.8, weightDecay: 0.2),
    };

    private static readonly Dictionary<string, double[]> Golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Torch", "Optimizers", "golden.txt"))
        .Select(line => line.Split(": "))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(' ').Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal);

    public OptimizerTests() => LibTorch.Configure(0, 1);

    public static TheoryData<string> Names { get; } = [.. Optimizers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Its_steps_are_PyTorchs(string name)
    {
        using var problem = new Problem();
        using var optimizer = Optimizers[name](problem);

        var values = new List<double>();
        for (var step = 1; step <= 10; step++)
        {
            problem.Step(optimizer, step);
            if (step is 1 or 10)
                values.AddRange(problem.Values);
        }

        Assert.Equal(10, optimizer.StepCount);
        Assert.All(values.Zip(Golden[name]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 1e-12 * Math.Max(1, Math.Abs(pair.Second))));
    }

    [Fact]
    public void Zeroed_gradients_are_gone_so_that_a_step_changes_nothing_and_no_tensor_is_left_behind()
    {
        using var weight = new Parameter(tensor(new[] { 1.0, 2.0 }));
        using var optimizer = new ModelGen.Torch.SGD([("weight", weight)]);
        var before = LiveTensors.Settled();
        using (var sum = weight.sum())
            sum.backward();

        optimizer.ZeroGradients();
        optimizer.Step(0.1);

        Assert.Null(weight.grad);
        Assert.Equal([1, 2], weight.detach().data<double>().ToArray());
        Assert.InRange(Tensor.TotalCount, 0, before + 1); // What detach gave.
    }

    [Fact]
    public void Gradients_of_what_it_does_not_train_are_not_its_to_forget()
    {
        using var weight = new Parameter(tensor(new[] { 1.0, 2.0 }));
        using var other = new Parameter(tensor(new[] { 1.0, 2.0 }));
        using var optimizer = new ModelGen.Torch.SGD([("weight", weight)]);
        (weight + other).sum().backward();

        optimizer.ZeroGradients();

        Assert.Null(weight.grad);
        Assert.NotNull(other.grad);
    }

    [Fact]
    public void PyTorch_was_asked_about_every_one() => Assert.Equal(Golden.Keys, Optimizers.Keys);

    [Theory, MemberData(nameof(Names))]
    public void Its_state_and_its_count_are_all_that_it_remembers(string name)
    {
        using var straight = new Problem();
        using var expected = Optimizers[name](straight);
        for (var step = 1; step <= 6; step++)
            straight.Step(expected, step);

        using var stopped = new Problem();
        using var first = Optimizers[name](stopped);
        for (var step = 1; step <= 3; step++)
            stopped.Step(first, step);
        using var second = Optimizers[name](stopped);
        foreach (var (from, to) in first.State.Zip(second.State))
        {
            Assert.Equal(from.Name, to.Name);
            to.Tensor.copy_(from.Tensor);
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
        using var problem = new Problem();
        using var optimizer = Optimizers[name](problem);

        Assert.Equal(states.SelectMany(state => new[] { $"fc1.weight.{state}", $"fc1.bias.{state}" }), optimizer.State.Select(state => state.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_tensor_outlives_a_step(string name)
    {
        using var problem = new Problem();
        using var optimizer = Optimizers[name](problem);
        problem.Step(optimizer, 1);

        var before = LiveTensors.Settled();
        optimizer.Step(0.1);

        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        using var problem = new Problem();

        Assert.Throws<ArgumentOutOfRangeException>("momentum", () => new ModelGen.Torch.SGD(problem.Named, momentum: 1));
        Assert.Throws<ArgumentOutOfRangeException>("weightDecay", () => new ModelGen.Torch.SGD(problem.Named, weightDecay: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("beta1", () => new ModelGen.Torch.Adam(problem.Named, beta1: -0.1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new ModelGen.Torch.AdamW(problem.Named, beta2: 1));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new RMSprop(problem.Named, alpha: double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("lrDecay", () => new ModelGen.Torch.Adagrad(problem.Named, lrDecay: -1));
        Assert.Throws<ArgumentOutOfRangeException>("beta2", () => new Lion(problem.Named, beta2: 1.5));
    }

    [Fact]
    public void What_has_no_gradient_stays()
    {
        using var problem = new Problem();
        using var optimizer = new ModelGen.Torch.SGD(problem.Named, momentum: 0.9, weightDecay: 0.5);
        var before = problem.Values;

        optimizer.Step(0.1);

        Assert.Equal(before, problem.Values);
        Assert.Equal(1, optimizer.StepCount);
    }

    [Fact]
    public void What_takes_no_gradient_is_not_among_its_parameters()
    {
        using var problem = new Problem();
        problem.Named[0].parameter.requires_grad = false;
        using var optimizer = new ModelGen.Torch.Adam(problem.Named);

        Assert.Equal(["fc1.bias"], optimizer.Parameters.Select(parameter => parameter.Name));
    }

    /// <summary>make_golden.py's: the mean square error of one linear layer, in double precision, with a learning rate that falls.</summary>
    private sealed class Problem : IDisposable
    {
        private readonly Tensor _input = tensor(new[,] { { 0.5, -1.0, 2.0 }, { 1.5, 0.25, -0.75 }, { -2.0, 1.0, 0.125 }, { 0.0, 3.0, -1.0 } });
        private readonly Tensor _target = tensor(new[,] { { 1.0, -0.5 }, { 0.25, 2.0 }, { -1.0, 0.0 }, { 0.5, -1.5 } });

        public (string name, Parameter parameter)[] Named { get; } =
        [
            ("fc1.weight", new Parameter(tensor(new[,] { { 0.1, -0.2, 0.3 }, { -0.4, 0.5, 0.6 } }))),
            ("fc1.bias", new Parameter(tensor(new[] { 0.05, -0.15 }))),
        ];

        public double[] Values => [.. Named.SelectMany(item => item.parameter.detach().data<double>().ToArray())];

        public void Step(TorchOptimizer optimizer, int step)
        {
            using var scope = NewDisposeScope();
            foreach (var (_, parameter) in Named)
                parameter.grad = null;
            (_input.matmul(Named[0].parameter.t()) + Named[1].parameter - _target).square().mean().backward();
            optimizer.Step(0.05 * (1 - (0.03 * step)));
        }

        public void Dispose()
        {
            _input.Dispose();
            _target.Dispose();
            foreach (var (_, parameter) in Named)
                parameter.Dispose();
        }
    }
}
