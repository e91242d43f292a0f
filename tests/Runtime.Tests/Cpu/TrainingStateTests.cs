using ModelGen.Cpu;
using ModelGen.Formats;
using ModelGen.Tests.Formats;
using ModelGen.Tests.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Cpu;

/// <summary>What a checkpoint holds is all that decides how a training goes on, and moves between the backends.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class TrainingStateTests
{
    public TrainingStateTests() => ModelGen.Torch.LibTorch.Configure(0, 1);

    [Fact]
    public void It_comes_back_as_it_was()
    {
        var from = new Run(seed: 1);
        from.Step();
        from.Step();
        var to = new Run(seed: 2);

        var state = from.State.Read().Copied();
        to.State.Restore(state, "last.ckpt");

        Assert.Equal((2, 0.1), (to.State.Steps, to.State.LearningRate));
        AssertEqual(state, to.State.Read());
        from.Step();
        to.Step();
        AssertEqual(from.State.Read(), to.State.Read());
    }

    [Fact]
    public void A_run_of_the_other_backend_goes_on_here_and_back()
    {
        using var module = new TorchNetwork();
        using var optimizer = new ModelGen.Torch.AdamW(module.named_parameters());
        using var totals = new ModelGen.Torch.ClassificationTotals(CPU);
        using var averages = new ModelGen.Torch.AveragedWeights(optimizer.Parameters, 0.9);
        var torchs = new ModelGen.Torch.TrainingState(module, optimizer, totals, averages);
        using (var loss = module.Fc1.forward(module.Bn1.forward(rand(2, 2, 2, 2)).flatten(1)).sum())
            loss.backward();
        optimizer.Step(0.25);
        averages.Update();
        nn.init.normal_(empty(3)).Dispose();
        totals.Add(tensor(0.5), rand(3, 4), zeros(3, ScalarType.Int64));
        var state = torchs.Read().Copied();
        var run = new Run(seed: 3);

        run.State.Restore(state, "last.ckpt");

        Assert.Equal((1, 0.25), (run.State.Steps, run.State.LearningRate));
        AssertEqual(state, run.State.Read());
        Assert.Equal(totals.Read(), run.Totals.Read());

        run.Step();
        torchs.Restore(run.State.Read(), "last.ckpt");
        AssertEqual(run.State.Read(), torchs.Read());
    }

    [Fact]
    public void What_does_not_fit_changes_nothing()
    {
        var run = new Run(seed: 1);
        var before = run.State.Read().Copied();
        var other = before with { Entries = [.. before.Entries.Where(entry => entry.Name != "optimizer.fc1.bias.exp_avg")] };

        var error = Assert.Throws<ModelGenException>(() => run.State.Restore(other, "last.ckpt"));

        Assert.Equal("'last.ckpt' does not fit this network: it lacks optimizer.fc1.bias.exp_avg. Nothing was loaded: use weights that the same network saved.", error.Message);
        AssertEqual(before, run.State.Read());
    }

    [Fact]
    public void Random_numbers_of_no_generator_change_nothing()
    {
        var run = new Run(seed: 1);
        var before = run.State.Read().Copied();
        var other = new Run(seed: 2).State.Read().Copied();
        var random = other.Entries.Single(entry => entry.Name == "random.cpu");
        var broken = other with { Entries = [.. other.Entries.Select(entry => entry == random ? random with { Tensor = random.Tensor with { Data = new byte[5056] } } : entry)] };

        var error = Assert.Throws<ModelGenException>(() => run.State.Restore(broken, "last.ckpt"));

        Assert.Equal(
            "'last.ckpt' is damaged in random.cpu: A generator that has given 0 words can't have -1 left. Go on from best.ckpt or another checkpoint of the run, or train without --resume.",
            error.Message);
        AssertEqual(before, run.State.Read());
    }

    [Fact]
    public void Parameters_without_a_gradient_are_those_that_the_network_names() => Assert.Empty(new Run(seed: 1).State.WithoutGradient());

    private static void AssertEqual(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.ModuleVersions, actual.ModuleVersions);
        Assert.Equal(
            expected.Entries.Select(entry => $"{entry.Name} {entry.Tensor.Type} {string.Join('x', entry.Tensor.Shape)} {Convert.ToHexString(entry.Tensor.Data.Span)}"),
            actual.Entries.Select(entry => $"{entry.Name} {entry.Tensor.Type} {string.Join('x', entry.Tensor.Shape)} {Convert.ToHexString(entry.Tensor.Data.Span)}"));
    }

    /// <summary>Steps whose gradients come from the random numbers.</summary>
    private sealed class Run
    {
        private readonly ListedNetwork _network;
        private readonly Mt19937 _random;
        private readonly ModelGen.Cpu.AdamW _optimizer;
        private readonly AveragedWeights _averages;

        public Run(int seed)
        {
            _network = ListedNetwork.Small().Filled(seed);
            _random = new Mt19937(seed);
            _optimizer = new ModelGen.Cpu.AdamW(_network.Parameters);
            _averages = new AveragedWeights(_optimizer.Parameters, 0.9);
            State = new TrainingState(_network, _optimizer, Totals, _random, _averages);
        }

        public ClassificationTotals Totals { get; } = new(1);

        public TrainingState State { get; }

        public void Step()
        {
            foreach (var parameter in _optimizer.Parameters)
            {
                foreach (ref var value in parameter.Gradient.AsSpan())
                    value = (float)_random.NextNormal();
            }

            Totals.Add(0, _random.NextDouble(), [1, 2], 1);
            Totals.EndBatch(1);
            _optimizer.Step(0.1);
            _averages.Update();
            _network.Parameters[6].Count++;
        }
    }

    private sealed class TorchNetwork : nn.Module
    {
        public TorchNetwork()
            : base(nameof(TorchNetwork))
        {
            register_module("conv1", nn.Conv2d(3, 2, 2));
            register_module("bn1", Bn1);
            register_module("fc1", Fc1);
        }

        public BatchNorm2d Bn1 { get; } = nn.BatchNorm2d(2);

        public Linear Fc1 { get; } = nn.Linear(8, 4);
    }
}
