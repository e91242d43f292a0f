using System.Globalization;
using ModelGen.Formats;
using ModelGen.Tests.Torch;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training.Optimizers;

/// <summary>A training goes from PyTorch to ModelGen and back in the middle, and takes the steps that it would have taken where it was.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class PyTorchOptimizerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public PyTorchOptimizerTests() => ModelGen.Torch.LibTorch.Configure(0, 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(LinearTraining.All), MemberType = typeof(LinearTraining))]
    public void A_training_of_pytorchs_goes_on_here(string backend, string optimizer)
    {
        using var training = LinearTraining.Of(backend, optimizer);
        training.Load(Golden($"{optimizer}.pth"));

        Assert.Empty(OptimizerFile.Load(Golden($"{optimizer}.pth"), training.State, learningRate: 0.05));
        for (var step = 0; step < 3; step++)
            training.Step();

        AssertClose(After(optimizer), training.Weights);
    }

    [Theory]
    [MemberData(nameof(LinearTraining.All), MemberType = typeof(LinearTraining))]
    public void What_was_written_goes_on_here_as_if_nothing_had_been(string backend, string optimizer)
    {
        using var first = LinearTraining.Of(backend, optimizer);
        using var second = LinearTraining.Of(backend, optimizer);
        Train(first);
        second.Load(_folder["weights.pth"]);

        Assert.Empty(OptimizerFile.Load(_folder["optimizer.pth"], second.State, learningRate: 0.05));
        for (var step = 0; step < 3; step++)
        {
            first.Step();
            second.Step();
        }

        Assert.Equal(first.Weights, second.Weights);
    }

    [Theory]
    [InlineData("Torch")]
    [InlineData("CSharp")]
    public void A_checkpoint_keeps_the_steps_of_before_and_the_schedule_does_not_count_them(string backend)
    {
        using var training = LinearTraining.Of(backend, "Adam");
        using var resumed = LinearTraining.Of(backend == "Torch" ? "CSharp" : "Torch", "Adam");
        training.Load(Golden("Adam.pth"));
        OptimizerFile.Load(Golden("Adam.pth"), training.State, learningRate: 0.05);
        training.Step();

        Assert.Equal(1, training.State.Steps);
        resumed.State.Restore(training.State.Read(), "last.ckpt");
        for (var step = 0; step < 2; step++)
            resumed.Step();
        AssertClose(After("Adam"), resumed.Weights);

        // As many steps as both trainings took together.
        OptimizerFile.Write(_folder["optimizer.pth"], resumed.State.Read(), resumed.State.Optimizer, 0.05, 0.05);
        PthFile.MapOptimizer(_folder["optimizer.pth"], file =>
        {
            Assert.Equal([6.0, 6.0], file.States.OrderBy(item => item.Key).Select(item => OptimizerStateDict.Number(item.Value["step"]!)!.Value));
            return true;
        });
    }

    [PythonTheory]
    [MemberData(nameof(LinearTraining.All), MemberType = typeof(LinearTraining))]
    public void A_training_of_ours_goes_on_in_pytorch_which_finds_its_own_keys_and_numbers(string backend, string optimizer)
    {
        using var training = LinearTraining.Of(backend, optimizer);
        Train(training);

        var printed = PythonTorch.Run(Golden("optimizers.py"), "go-on", _folder["weights.pth"], _folder["optimizer.pth"], optimizer);
        for (var step = 0; step < 3; step++)
            training.Step();

        AssertClose([.. printed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(text => float.Parse(text, CultureInfo.InvariantCulture))], training.Weights);
    }

    [Fact]
    public void The_same_state_gives_the_same_bytes_from_both_backends()
    {
        foreach (var optimizer in new[] { "SGD", "SGD-plain", "AdamW-weights", "Lion" })
        {
            var files = new[] { "Torch", "CSharp" }.Select(backend =>
            {
                using var training = LinearTraining.Of(backend, optimizer);
                OptimizerFile.Write(_folder["optimizer.pth"], training.State.Read(), training.State.Optimizer, 0.05, 0.05);
                return File.ReadAllBytes(_folder["optimizer.pth"]);
            }).ToList();

            Assert.Equal(files[0], files[1]);
        }
    }

    [Theory]
    [InlineData("Torch")]
    [InlineData("CSharp")]
    public void Parameters_that_the_run_freezes_keep_no_state(string backend)
    {
        using var training = LinearTraining.Of(backend, "AdamW", isFrozen: true);
        training.Load(Golden("AdamW.pth"));

        Assert.Equal(["left the state of shift.bias, which the run freezes"], OptimizerFile.Load(Golden("AdamW.pth"), training.State, learningRate: 0.05));

        // PyTorch is often given the trained parameters alone.
        Train(training);
        using var next = LinearTraining.Of(backend, "AdamW", isFrozen: true);
        Assert.Empty(OptimizerFile.Load(_folder["optimizer.pth"], next.State, learningRate: 0.05));
    }

    private void Train(LinearTraining training)
    {
        for (var step = 0; step < 3; step++)
            training.Step();
        training.Save(_folder["weights.pth"]);
        OptimizerFile.Write(_folder["optimizer.pth"], training.State.Read(), training.State.Optimizer, learningRate: 0.05, initialRate: 0.05);
    }

    private static float[] After(string optimizer)
    {
        using var after = LinearTraining.Of("CSharp", optimizer);
        after.Load(Golden($"{optimizer}.after.pth"));
        return after.Weights;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    private static string Golden(string file) => Path.Combine(AppContext.BaseDirectory, "Training", "Optimizers", file);
}
