using System.Text.Json;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>
/// CUDA computes what the CPU does: in float32 without TF32 they agree but for the order of their sums, and a run can go on on the other one.
/// </summary>
[Collection("Torch")]
public sealed class CudaParityTests
{
    private const string Gpu = "cuda:0";

    private static readonly Lazy<System.Reflection.Assembly> Seed = new(() => Compiled.From(SeedSpecs.Json, ("Driver.cs", Driver)).Load());

    [CudaFact]
    public void The_same_weights_give_the_same_output_to_1e_5()
    {
        using var scope = NewDisposeScope();
        var model = Create();
        var input = rand(32, 3, 28, 28);
        model.eval();
        using var noGradients = no_grad();

        var onCpu = model.call(input);
        model.to(new Device(Gpu));
        var onCuda = model.call(input.to(new Device(Gpu))).cpu();

        Assert.InRange((onCpu - onCuda).abs().max().item<float>(), 0, 1e-5f);
    }

    [CudaFact]
    public void Ten_steps_give_the_same_losses_to_1e_3()
    {
        var onCpu = Losses("cpu");

        Assert.Equal(10, onCpu.Length);
        Assert.All(onCpu.Zip(Losses(Gpu)), pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        Assert.True(onCpu[^1] < onCpu[0]);
    }

    [CudaFact]
    public void A_deterministic_run_gives_the_same_bits_again()
    {
        try
        {
            Assert.Equal(Losses(Gpu, deterministic: true), Losses(Gpu, deterministic: true));
        }
        finally
        {
            LibTorch.Configure(0, 1);
        }
    }

    [CudaFact]
    public void A_run_goes_from_the_CPU_to_CUDA_and_back()
    {
        using var program = new EmittedProgram("return Demo.ConvNet.Run(args);", SeedSpecs.Json);
        using var folder = new TempFolder();
        string[] common = ["--no-progress", "--out", folder.Path];

        AssertRan(program.Run(["train", "--epochs", "1", "--limit", "320", "--device", "cpu", .. common]));
        AssertRan(program.Run(["train", "--resume", "--epochs", "2", "--device", "cuda", .. common]));
        Assert.Equal("cuda:0, float32 without TF32, cuDNN autotuned", JsonDocument.Parse(File.ReadAllText(folder["run.json"])).RootElement.GetProperty("device").GetString());
        AssertRan(program.Run(["train", "--resume", "--epochs", "3", "--device", "cpu", .. common]));

        var epochs = File.ReadLines(folder["metrics.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("train_loss").GetDouble()).ToArray();
        Assert.Equal(3, epochs.Length);
        Assert.True(epochs[2] < epochs[1] && epochs[1] < epochs[0]);
    }

    private static void AssertRan((int ExitCode, string Out, string Error) run) => Assert.True(run.ExitCode == 0, run.Error);

    private static double[] Losses(string device, bool deterministic = false)
    {
        LibTorch.Configure(0, 7, tf32: false, deterministic);
        using var model = Create();
        var images = ModelGen.Data.DrawnDigits.Draw(320, 1, new(3, 28, 28));
        return (double[])Seed.Value.GetType("Demo.Driver")!.GetMethod("Losses")!.Invoke(null, [model, images, device])!;
    }

    private static nn.Module<Tensor, Tensor> Create()
    {
        LibTorch.EnsureLoaded();
        random.manual_seed(7).Dispose();
        return (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Seed.Value.GetType("Demo.ConvNet")!)!;
    }

    private const string Driver = """
        namespace Demo;

        /// <summary>Drives the generated trainer.</summary>
        public static class Driver
        {
            /// <summary>The loss of each step of an epoch.</summary>
            public static double[] Losses(ConvNet model, ModelGen.Data.ImageSet images, string device)
            {
                var options = new ConvNet.Options { Device = device };
                using var trainer = new ConvNet.Trainer(model, options);
                using var data = new ConvNet.Data(images, options, trainer.Device);
                using var totals = new ModelGen.Torch.ClassificationTotals(trainer.Device);
                var losses = new System.Collections.Generic.List<double>();
                model.train();
                foreach (var batch in data.Shuffled(1))
                {
                    totals.Reset();
                    using (batch)
                        trainer.Step(batch, totals, options.LearningRate);
                    losses.Add(totals.Read().Loss);
                }

                return [.. losses];
            }
        }
        """;
}
