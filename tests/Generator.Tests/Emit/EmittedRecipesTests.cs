using ModelGen.Torch;
using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>A generated trainer learns what its recipe says: the same weights as a loop written by hand gives.</summary>
[Collection("Torch")]
public sealed class EmittedRecipesTests
{
    private const string Rich = """
        "loss": "cross_entropy", "label_smoothing": 0.1, "class_weights": [1, 2.5], "optimizer": "adamw", "learning_rate": 0.05, "decay": "weights",
        "schedule": "cosine", "min_factor": 0.1, "warmup_epochs": 1, "clip_norm": 0.02, "accumulate": 2, "ema_decay": 0.9, "epochs": 3, "batch_size": 4
        """;

    private const string Half = "\"loss\": \"cross_entropy\", \"optimizer\": \"adam\", \"learning_rate\": 0.05, \"precision\": \"bfloat16\", \"batch_size\": 4";

    private static readonly Dictionary<string, (string Recipe, Func<TorchSharp.Modules.Linear, Action> Twin)> Optimizers = new(StringComparer.Ordinal)
    {
        ["Sgd"] = ("\"optimizer\": \"sgd\", \"momentum\": 0.9, \"nesterov\": true, \"weight_decay\": 0.1", twin => Step(optim.SGD(twin.parameters(), 0.01, 0.9, 0, 0.1, nesterov: true))),
        ["Adam"] = ("\"optimizer\": \"adam\"", twin => Step(optim.Adam(twin.parameters(), 1e-3))),
        ["AdamW"] = ("\"optimizer\": \"adamw\"", twin => Step(optim.AdamW(twin.parameters(), 1e-3, weight_decay: 0.01))),
        ["RmsProp"] = ("\"optimizer\": \"rmsprop\", \"momentum\": 0.5", twin => Step(optim.RMSProp(twin.parameters(), 0.01, momentum: 0.5))),
        ["Adagrad"] = ("\"optimizer\": \"adagrad\"", twin => Step(optim.Adagrad(twin.parameters(), 0.01))),
        ["Lion"] = ("\"optimizer\": \"lion\"", Lion),
    };

    private static readonly Lazy<System.Reflection.Assembly> Nets = new(() =>
    {
        (string Name, string Recipe)[] nets = [.. Optimizers.Select(item => (item.Key, $"\"loss\": \"cross_entropy\", {item.Value.Recipe}")), ("Rich", Rich), ("Half", Half)];
        return Compiled.From([.. nets.Select(net => ($"{net.Name}.model.json", Spec(net.Recipe))), .. nets.Select(net => ($"{net.Name}Driver.cs", Driver(net.Name)))]).Load();
    });

    public static TheoryData<string> Names { get; } = [.. Optimizers.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Two_steps_are_TorchSharps_and_Lions_the_papers(string name)
    {
        var (model, twin) = Create(name);
        var step = Optimizers[name].Twin(twin);

        var (epochs, _, _, steps) = Train(name, model, Images(8), epochs: 2);
        foreach (var batch in epochs.SelectMany(epoch => epoch))
        {
            twin.zero_grad();
            nn.functional.cross_entropy(twin.call(batch.Image.flatten(1)), batch.Label).backward();
            step();
        }

        Assert.Equal(2, steps);
        AssertSame(twin, model, 1e-6f);
    }

    [Fact]
    public void Warm_up_cosine_clipping_accumulation_class_weights_and_averages_go_together()
    {
        var (model, twin) = Create("Rich");
        using var optimizer = new ModelGen.Torch.AdamW(twin.named_parameters(), decayWeightsOnly: true);
        using var averages = new AveragedWeights(optimizer.Parameters, 0.9);
        using var weights = tensor(new[] { 1f, 2.5f });
        var schedule = new WarmUp(steps: 3, startFactor: 0.01, new CosineSchedule(steps: 6, minFactor: 0.1));
        Tensor Loss((Tensor Image, Tensor Label) batch) => nn.functional.cross_entropy(twin.call(batch.Image.flatten(1)), batch.Label, weights, label_smoothing: 0.1);

        // Five batches, the last one of two images, are two groups of two and one of one.
        var (epochs, inOrder, tested, steps) = Train("Rich", model, Images(18), epochs: 3);
        foreach (var group in epochs.SelectMany(epoch => epoch.Chunk(2)))
        {
            twin.zero_grad();
            foreach (var batch in group)
                (Loss(batch) / group.Length).backward();
            nn.utils.clip_grad_norm_(twin.parameters(), 0.02);
            optimizer.Step(0.05 * schedule.Factor(optimizer.StepCount));
            averages.Update();
        }

        Assert.Equal(9, steps);
        AssertSame(twin, model, 1e-6f);
        // What is said of all samples does not depend on how they are split.
        using (averages.SwapIn())
            Assert.Equal(Loss((cat([.. inOrder.Select(batch => batch.Image)]), cat([.. inOrder.Select(batch => batch.Label)]))).item<float>(), tested.Loss, 1e-4);
    }

    [LinuxFact]
    public void In_bfloat16_the_outputs_are_autocasts_and_weights_and_optimizer_float32s()
    {
        var (model, twin) = Create("Half");
        var step = Step(optim.Adam(twin.parameters(), 0.05));
        var autocast = new Autocast(twin, CPU);
        Tensor Loss((Tensor Image, Tensor Label) batch) => nn.functional.cross_entropy(autocast.Call(batch.Image.flatten(1)), batch.Label);

        var (epochs, inOrder, tested, _) = Train("Half", model, Images(18), epochs: 20);
        var first = epochs[0].Sum(batch => Loss(batch).item<float>() * batch.Label.shape[0]) / 18;
        foreach (var batch in epochs.SelectMany(epoch => epoch))
        {
            twin.zero_grad();
            Loss(batch).backward();
            step();
        }

        AssertSame(twin, model, 1e-4f);
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.Float32, parameter.dtype));
        Assert.Equal(inOrder.Sum(batch => Loss(batch).item<float>() * batch.Label.shape[0]) / 18, tested.Loss, 1e-4);
        Assert.InRange(tested.Loss, 0, 0.9 * first);
    }

    [Fact]
    public void No_tensor_outlives_its_epoch_and_none_is_left_to_the_finalizer() => AssertNoTensorOutlivesItsEpoch("Rich");

    [LinuxFact]
    public void Nor_does_one_of_bfloat16() => AssertNoTensorOutlivesItsEpoch("Half");

    private static void AssertNoTensorOutlivesItsEpoch(string name)
    {
        var (model, _) = Create(name);
        GC.Collect();
        GC.WaitForPendingFinalizers();

        var counts = (long[])Nets.Value.GetType($"Demo.{name}Driver")!.GetMethod("CountTensors")!.Invoke(null, [model, Images(18)])!;

        Assert.Equal(6, counts.Length);
        Assert.Single(counts.Distinct());
    }

    private static Action Step(optim.Optimizer optimizer) => () => optimizer.step();

    private static Action Lion(TorchSharp.Modules.Linear twin)
    {
        var means = twin.parameters().Select(parameter => zeros_like(parameter, requires_grad: false)).ToArray();
        return () =>
        {
            using var noGradients = no_grad();
            foreach (var (parameter, mean) in twin.parameters().Zip(means))
            {
                parameter.sub_((mean * 0.9 + parameter.grad! * 0.1).sign() * 1e-4);
                mean.copy_(mean * 0.99 + parameter.grad! * 0.01);
            }
        };
    }

    private static string Spec(string recipe) => $$"""
        { "input": [1, 2, 3], "layers": ["flatten", { "linear": 2 }], "training": { {{recipe}} }, "data": { "image_folder": {} } }
        """;

    private static string Driver(string name) => """
        namespace Demo;

        /// <summary>Drives the generated trainer.</summary>
        public static class NetDriver
        {
            /// <summary>Trains some epochs, tests, and gives the batches that were shown.</summary>
            public static ((TorchSharp.torch.Tensor Image, TorchSharp.torch.Tensor Label)[][] Epochs, (TorchSharp.torch.Tensor Image, TorchSharp.torch.Tensor Label)[] InOrder, ModelGen.Training.Scores Tested, long Steps) Train(Net model, ModelGen.Data.ImageSet images, int epochs)
            {
                var options = new Net.Options { Device = "cpu" };
                using var trainer = new Net.Trainer(model, options);
                var data = new Net.Data(images, options, trainer.Device);
                var shown = new System.Collections.Generic.List<(TorchSharp.torch.Tensor, TorchSharp.torch.Tensor)[]>();
                for (var epoch = 1; epoch <= epochs; epoch++)
                {
                    trainer.TrainEpoch(data, epoch);
                    shown.Add(Copies(data.Shuffled(epoch)));
                }

                return ([.. shown], Copies(data.InOrder()), trainer.Evaluate(data), trainer.StepCount);
            }

            private static (TorchSharp.torch.Tensor, TorchSharp.torch.Tensor)[] Copies(System.Collections.Generic.IEnumerable<Net.Batch> batches)
            {
                var copies = new System.Collections.Generic.List<(TorchSharp.torch.Tensor, TorchSharp.torch.Tensor)>();
                foreach (var batch in batches)
                {
                    using (batch)
                        copies.Add((batch.Image.clone(), batch.Label.clone()));
                }

                return [.. copies];
            }

            /// <summary>Live tensors after each of three epochs with its evaluation, before and after finalizers run.</summary>
            public static long[] CountTensors(Net model, ModelGen.Data.ImageSet images)
            {
                var options = new Net.Options { Device = "cpu" };
                using var trainer = new Net.Trainer(model, options);
                var data = new Net.Data(images, options, trainer.Device);
                var counts = new System.Collections.Generic.List<long>();
                for (var epoch = 1; epoch <= 4; epoch++)
                {
                    trainer.TrainEpoch(data, epoch);
                    trainer.Evaluate(data);
                    if (epoch > 1)
                        counts.Add(TorchSharp.torch.Tensor.TotalCount);
                    System.GC.Collect();
                    System.GC.WaitForPendingFinalizers();
                    if (epoch > 1)
                        counts.Add(TorchSharp.torch.Tensor.TotalCount);
                }

                return [.. counts];
            }
        }
        """.Replace("Net.", name + ".", StringComparison.Ordinal).Replace("Net ", name + " ", StringComparison.Ordinal).Replace("NetDriver", name + "Driver", StringComparison.Ordinal);

    private static ((Tensor Image, Tensor Label)[][] Epochs, (Tensor Image, Tensor Label)[] InOrder, Scores Tested, long Steps) Train(
        string name, nn.Module model, ModelGen.Data.ImageSet images, int epochs) =>
        (((Tensor, Tensor)[][], (Tensor, Tensor)[], Scores, long))Nets.Value.GetType($"Demo.{name}Driver")!.GetMethod("Train")!.Invoke(null, [model, images, epochs])!;

    private static (nn.Module Model, TorchSharp.Modules.Linear Twin) Create(string name)
    {
        LibTorch.Configure(threads: 0, seed: 3);
        var model = (nn.Module)Activator.CreateInstance(Nets.Value.GetType($"Demo.{name}")!)!;
        var twin = nn.Linear(6, 2);
        using var noGradients = no_grad();
        foreach (var (from, to) in model.parameters().Zip(twin.parameters()))
            to.copy_(from);
        return (model, twin);
    }

    private static ModelGen.Data.ImageSet Images(int count)
    {
        var pixels = Enumerable.Range(0, count * 6).Select(i => (byte)(i * 37 % 256)).ToArray();
        return new(new(1, 2, 3), pixels, [.. Enumerable.Range(0, count).Select(i => i * i % 3 % 2)], ["a", "b"]);
    }

    private static void AssertSame(nn.Module expected, nn.Module actual, float tolerance) => Assert.All(
        expected.parameters().Zip(actual.parameters()), pair => Assert.InRange((pair.First - pair.Second).abs().max().item<float>(), 0, tolerance));
}
