using ModelGen.Formats;
using ModelGen.Tests.Formats;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training.Optimizers;

/// <summary>The state of another optimizer or network is refused with the parameter; other numbers are told of in one line.</summary>
public sealed class OptimizerFitTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("SGD", "is not the state of this run's SGD: it has exp_avg and exp_avg_sq for 'shift.bias', where the run keeps momentum_buffer: set the spec's optimizer as it was, or train on from the weights alone.")]
    [InlineData("SGD-plain", "is not the state of this run's SGD: it has exp_avg and exp_avg_sq for 'shift.bias', where the run keeps nothing: set the spec's optimizer as it was, or train on from the weights alone.")]
    [InlineData("Adagrad", "is not the state of this run's Adagrad: it has exp_avg and exp_avg_sq for 'shift.bias', where the run keeps sum: set the spec's optimizer as it was, or train on from the weights alone.")]
    public void The_state_of_another_optimizer_is_refused(string optimizer, string sentence) => AssertRefused(Adam(), sentence, optimizer);

    [Fact]
    public void What_a_variant_keeps_beside_is_refused() =>
        AssertRefused(
            Adam(bias: State(3, ("exp_avg", [2]), ("exp_avg_sq", [2]), ("max_exp_avg_sq", [2]))),
            "is not the state of this run's Adam: it has exp_avg and exp_avg_sq and max_exp_avg_sq for 'shift.bias', where the run keeps exp_avg and exp_avg_sq: set the spec's optimizer as it was, or train on from the weights alone.");

    [Fact]
    public void A_state_that_lacks_a_tensor_is_refused() =>
        AssertRefused(
            Adam(weight: State(3, ("exp_avg", [2, 3]))),
            "is not the state of this run's Adam: it has exp_avg for 'fc.weight', where the run keeps exp_avg and exp_avg_sq: set the spec's optimizer as it was, or train on from the weights alone.");

    [Fact]
    public void A_parameter_without_a_state_beside_others_is_refused() =>
        AssertRefused(
            new OptimizerStateDict([new([], 2)], new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>> { [0] = State(3, ("exp_avg", [2]), ("exp_avg_sq", [2])) }),
            "has no state of 'fc.weight', its parameter 1, but of others: freeze it in the spec too, or train on from the weights alone.");

    [Fact]
    public void A_tensor_of_another_shape_is_refused() =>
        AssertRefused(
            Adam(weight: State(3, ("exp_avg", [3, 2]), ("exp_avg_sq", [3, 2]))),
            "has [3, 2] numbers under exp_avg for 'fc.weight', which is [2, 3]: the network of then must be the same, with its parameters in the same order.");

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    public void Another_number_of_parameters_is_refused(int count) =>
        AssertRefused(
            Adam() with { Groups = [new([], count)] },
            $"is of a network of {count} parameter tensors, and this one has 2: use the optimizer of the same network.");

    [Theory]
    [InlineData(2.5)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(null)]
    public void What_counts_no_steps_is_refused(double? steps) =>
        AssertRefused(
            Adam(bias: State(steps, ("exp_avg", [2]), ("exp_avg_sq", [2]))),
            "has no count of steps for 'shift.bias', a whole number under 'step': save the optimizer of a training with torch.optim.Adam.");

    [Fact]
    public void Parameters_that_took_another_number_of_steps_are_refused() =>
        AssertRefused(
            Adam(weight: State(5, ("exp_avg", [2, 3]), ("exp_avg_sq", [2, 3]))),
            "has taken 5 steps with 'fc.weight' and 3 with the parameters before it, where a run has one count: train on from the weights alone.");

    [Fact]
    public void Momentum_that_is_none_starts_from_zero()
    {
        using var training = LinearTraining.Of("CSharp", "SGD");
        var before = training.State.Read().Copied();
        var none = new Dictionary<string, StoredTensor?> { ["momentum_buffer"] = null };

        Assert.Empty(Load(training, new OptimizerStateDict([new([], 2)], new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>> { [0] = none, [1] = none })));
        Sample.AssertEqual(before, training.State.Read());
    }

    [Fact]
    public void An_optimizer_that_has_taken_no_step_is_told_of()
    {
        using var training = LinearTraining.Of("CSharp", "Adam");

        Assert.Equal(
            [$"'{_folder["file.pth"]}' has the state of an optimizer that has taken no step: the run's starts anew"],
            Load(training, Adam() with { States = new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>>() }));
    }

    [Fact]
    public void Other_numbers_are_told_of_in_one_line()
    {
        using var training = LinearTraining.Of("CSharp", "Adam");
        var file = Adam() with { Groups = [new([new("lr", 0.001), new("betas", new[] { 0.9, 0.999 }), new("eps", 1e-8), new("amsgrad", true), new("weight_decay", 0.5), new("capturable", true)], 2)] };

        Assert.Equal(
            [$"'{_folder["file.pth"]}' is of a training with other numbers, and the run keeps its own: lr is 0.001 there and 0.05 here; weight_decay is 0.5 there and 0 here; betas is (0.9, 0.999) there and (0.8, 0.95) here; amsgrad is True there and False here"],
            Load(training, file));
    }

    [Fact]
    public void A_learning_rate_that_a_schedule_has_changed_is_the_one_that_it_began_with()
    {
        using var training = LinearTraining.Of("CSharp", "Adam");

        Assert.Empty(Load(training, Adam() with { Groups = [new([new("lr", 0.001), new("initial_lr", 0.05)], 2)] }));
        OptimizerFile.Write(_folder["scheduled.pth"], training.State.Read(), training.State.Optimizer, learningRate: 0.001, initialRate: 0.05);
        Assert.Equal(
            [("lr", 0.001), ("initial_lr", 0.05)],
            PthFile.MapOptimizer(_folder["scheduled.pth"], file => file.Groups[0].Settings.Take(2).Select(setting => (setting.Key, (double)setting.Value)).ToArray()));
    }

    [Theory]
    [InlineData(true, "step, momentum_buffer")]
    [InlineData(false, "momentum_buffer")]
    public void Whether_steps_are_counted_is_the_optimizers_word_and_not_its_name(bool counts, string kept)
    {
        var state = new TestState { Weight = 3 };

        OptimizerFile.Write(_folder["file.pth"], state.Read(), state.Optimizer with { CountsSteps = counts }, learningRate: 0.25, initialRate: 0.25);

        Assert.Equal(kept, PthFile.MapOptimizer(_folder["file.pth"], file => string.Join(", ", file.States[0].Keys)));
    }

    [Fact]
    public void A_decay_of_weights_alone_differs_from_that_of_all()
    {
        using var training = LinearTraining.Of("CSharp", "AdamW-weights");

        Assert.Equal(
            [$"'{_folder["file.pth"]}' is of a training with other numbers, and the run keeps its own: weight_decay is 0.1 there and 0.1 of weights alone here"],
            Load(training, Adam() with { Groups = [new([new("weight_decay", 0.1)], 2)] }));
    }

    private static OptimizerStateDict Adam(IReadOnlyDictionary<string, StoredTensor?>? bias = null, IReadOnlyDictionary<string, StoredTensor?>? weight = null) => new(
        [new([], 2)],
        new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>>
        {
            [0] = bias ?? State(3, ("exp_avg", [2]), ("exp_avg_sq", [2])),
            [1] = weight ?? State(3, ("exp_avg", [2, 3]), ("exp_avg_sq", [2, 3])),
        });

    private static Dictionary<string, StoredTensor?> State(double? steps, params (string Name, long[] Shape)[] tensors)
    {
        var state = tensors.ToDictionary(
            tensor => tensor.Name, tensor => (StoredTensor?)new StoredTensor(ElementType.Float32, tensor.Shape, new byte[tensor.Shape.Aggregate(4L, (size, length) => size * length)]));
        if (steps is { } number)
            state.Add("step", new StoredTensor(ElementType.Float64, [], BitConverter.GetBytes(number)));
        return state;
    }

    private IReadOnlyList<string> Load(LinearTraining training, OptimizerStateDict file)
    {
        PthFile.WriteOptimizer(_folder["file.pth"], file);
        return OptimizerFile.Load(_folder["file.pth"], training.State, learningRate: 0.05);
    }

    private void AssertRefused(OptimizerStateDict file, string sentence, string optimizer = "Adam")
    {
        using var training = LinearTraining.Of("CSharp", optimizer);
        var before = training.State.Read().Copied();

        Assert.Equal($"'{_folder["file.pth"]}' {sentence}", Assert.Throws<ModelGenException>(() => Load(training, file)).Message);
        Sample.AssertEqual(before, training.State.Read());
    }
}
