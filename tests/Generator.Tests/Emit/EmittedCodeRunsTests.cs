using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>The emitted network computes and learns what a network written by hand does.</summary>
[Collection("Torch")]
public sealed class EmittedCodeRunsTests
{
    private const string Driver = """
        namespace Demo;

        public static class Driver
        {
            /// <summary>Steps over the same batches as the twin, and the loss of each.</summary>
            public static double[] Train(ConvNet model, TorchSharp.torch.Tensor images, TorchSharp.torch.Tensor labels, int steps)
            {
                using var trainer = new ConvNet.Trainer(model, new ConvNet.Options { Device = "cpu" });
                var losses = new double[steps];
                for (var step = 0; step < steps; step++)
                {
                    using var totals = new ModelGen.Torch.ClassificationTotals(trainer.Device);
                    using var batch = new ConvNet.Batch(images[step].clone(), labels[step].clone());
                    trainer.Step(batch, totals, learningRate: 0.01);
                    losses[step] = totals.Read().Loss;
                }

                return losses;
            }

            /// <summary>Live tensors after each step of three epochs; and after each epoch with its evaluation, before and after finalizers run.</summary>
            public static long[][] CountTensors(ModelGen.Data.ImageSet images)
            {
                var options = new ConvNet.Options { Device = "cpu", BatchSize = 8 };
                using var model = new ConvNet();
                using var trainer = new ConvNet.Trainer(model, options);
                var data = new ConvNet.Data(images, options, trainer.Device);
                var steps = new System.Collections.Generic.List<long>();
                var epochs = new System.Collections.Generic.List<long>();
                for (var epoch = 1; epoch <= 3; epoch++)
                {
                    using (var totals = new ModelGen.Torch.ClassificationTotals(trainer.Device))
                    {
                        foreach (var batch in data.Shuffled(epoch))
                        {
                            using (batch)
                                trainer.Step(batch, totals, learningRate: 0.01);
                            steps.Add(TorchSharp.torch.Tensor.TotalCount);
                        }
                    }

                    trainer.TrainEpoch(data, epoch);
                    trainer.Evaluate(data);

                    // What the finalizer finds was left to it. In the first epoch it finds what building the layers left.
                    if (epoch > 1)
                        epochs.Add(TorchSharp.torch.Tensor.TotalCount);
                    System.GC.Collect();
                    System.GC.WaitForPendingFinalizers();
                    epochs.Add(TorchSharp.torch.Tensor.TotalCount);
                }

                return [[.. steps], [.. epochs]];
            }
        }
        """;

    private static readonly Lazy<System.Reflection.Assembly> Seed = new(() =>
        Compiled.From(SeedSpecs.Attributes, ("Driver.cs", Driver.Replace("public static class", "/// <summary>Drives the generated trainer.</summary>\npublic static class", StringComparison.Ordinal))).Load());

    [Fact]
    public void Its_forward_pass_is_the_twins()
    {
        var (model, twin) = Create();
        using var input = rand([4, 3, 28, 28], ScalarType.Float64);

        foreach (var training in new[] { false, true })
        {
            model.train(training);
            twin.train(training);
            using var expected = twin.call(input);
            using var actual = model.call(input);
            Assert.Equal([4, 10], actual.shape);
            Assert.InRange((expected - actual).abs().max().item<double>(), 0, 1e-12);
        }
    }

    [Fact]
    public void Ten_training_steps_lose_what_the_twin_loses()
    {
        var (model, twin) = Create();
        using var images = rand([10, 32, 3, 28, 28], ScalarType.Float64);
        using var labels = randint(0, 10, [10, 32], ScalarType.Int64);

        var expected = twin.Train(images, labels, 10);
        var actual = (double[])Seed.Value.GetType("Demo.Driver")!.GetMethod("Train")!.Invoke(null, [model, images, labels, 10])!;

        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.True(expected[^1] != expected[0]);
    }

    [Fact]
    public void Its_state_dict_has_PyTorchs_names_in_PyTorchs_order()
    {
        var (model, _) = Create();
        using var folder = new TempFolder();
        Weights.Save(model, folder["model.pth"]);
        Assert.Equal(
            [
                "conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked",
                "conv2.weight", "conv2.bias", "bn2.weight", "bn2.bias", "bn2.running_mean", "bn2.running_var", "bn2.num_batches_tracked",
                "fc1.weight", "fc1.bias",
            ],
            Formats.PthFile.Read(folder["model.pth"]).Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void No_tensor_outlives_its_step_and_none_is_left_to_the_finalizer()
    {
        LibTorch.EnsureLoaded();
        var images = new ModelGen.Data.ImageSet(new(3, 28, 28), new byte[24 * 3 * 28 * 28], new int[24], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")]);

        // What other tests left behind goes now, and not while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var counts = (long[][])Seed.Value.GetType("Demo.Driver")!.GetMethod("CountTensors")!.Invoke(null, [images])!;

        // The first step makes the gradients, which stay.
        Assert.Equal(9, counts[0].Length);
        Assert.All(counts[0].Chunk(3), epoch => Assert.Single(epoch.Skip(1).Distinct()));
        Assert.Single(counts[1].Distinct());
    }

    /// <summary>
    /// The emitted network and its twin, with the same weights, in float64: the emitted one sums in another order, which float32 shows in its sixth
    /// digit, and a mistake far earlier.
    /// </summary>
    private static (nn.Module<Tensor, Tensor> Model, Twin Twin) Create()
    {
        LibTorch.Configure(threads: 0, seed: 7);
        var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Seed.Value.GetType("Demo.ConvNet")!)!;
        var twin = new Twin();
        using var noGradients = no_grad();
        foreach (var (name, tensor) in twin.state_dict())
            tensor.copy_(model.state_dict()[name]);
        model.to(ScalarType.Float64);
        twin.to(ScalarType.Float64);
        return (model, twin);
    }

    /// <summary>The seed's network as people write it by hand.</summary>
    private sealed class Twin : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Conv2d _conv1 = nn.Conv2d(3, 16, 5, padding: 2);
        private readonly TorchSharp.Modules.BatchNorm2d _bn1 = nn.BatchNorm2d(16);
        private readonly TorchSharp.Modules.Conv2d _conv2 = nn.Conv2d(16, 32, 5, padding: 2);
        private readonly TorchSharp.Modules.BatchNorm2d _bn2 = nn.BatchNorm2d(32);
        private readonly TorchSharp.Modules.Linear _fc1 = nn.Linear(7 * 7 * 32, 10);

        public Twin()
            : base("Twin")
        {
            register_module("conv1", _conv1);
            register_module("bn1", _bn1);
            register_module("conv2", _conv2);
            register_module("bn2", _bn2);
            register_module("fc1", _fc1);
        }

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            var x = nn.functional.max_pool2d(nn.functional.relu(_bn1.call(_conv1.call(input))), 2);
            x = nn.functional.max_pool2d(nn.functional.relu(_bn2.call(_conv2.call(x))), 2);
            return nn.functional.log_softmax(_fc1.call(x.flatten(1)), 1).MoveToOuterDisposeScope();
        }

        public double[] Train(Tensor images, Tensor labels, int steps)
        {
            using var optimizer = optim.SGD(parameters(), 0.01);
            train();
            var losses = new double[steps];
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                optimizer.zero_grad();
                var loss = nn.functional.nll_loss(call(images[step]), labels[step]);
                loss.backward();
                optimizer.step();
                losses[step] = loss.item<double>();
            }

            return losses;
        }
    }
}
