using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>A spec in bfloat16 trains whatever it has for layers, and its record says so.</summary>
[Collection("Torch")]
public sealed class PrecisionTests
{
    private static readonly (string Name, string Input, string Layers)[] Networks =
    [
        ("Convolutions", "[3, 16, 16]", """{ "conv2d": 8, "kernel_size": 3, "padding": 1 }, "batch_norm2d", "relu", { "max_pool2d": 2 }, { "conv2d": 16, "kernel_size": 3 }, { "group_norm": 4 }, "silu", { "squeeze_excite": 4 }, "global_avg_pool", { "linear": 5 }"""),
        ("Residual", "[4, 8, 8]", """{ "residual": [{ "conv2d": 4, "kernel_size": 3, "padding": 1, "bias": false }, "batch_norm2d"] }, "relu", { "dropout": 0.1 }, "flatten", { "linear": 5 }, "log_softmax" """),
        ("Attention", "[6, 8]", """{ "linear": 8 }, { "transformer_encoder_layer": 2 }, "layer_norm", { "mean": [1] }, { "linear": 5 }"""),
        ("Recurrent", "[6, 8]", """{ "rnn": 8 }, { "gru": 8, "output": "last" }, { "linear": 5 }"""),
        ("Lstm", "[6, 8]", """{ "lstm": 8, "output": "last" }, { "linear": 5 }"""),
    ];

    private static readonly Lazy<System.Reflection.Assembly> Nets = new(() => Compiled.From([.. Networks.Select(net => ($"{net.Name}.model.json", $$"""
        { "input": {{net.Input}}, "layers": [{{net.Layers}}] }
        """))]).Load());

    public static TheoryData<string> Names { get; } = [.. Networks.Select(net => net.Name)];

    [LinuxTheory, MemberData(nameof(Names))]
    public void Every_parameter_gets_a_gradient_near_float32s(string name)
    {
        LibTorch.Configure(1, 1);
        using var scope = NewDisposeScope();
        var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Nets.Value.GetType($"Demo.{name}")!)!;
        model.eval(); // without dropout
        var sizes = JsonSerializer.Deserialize<long[]>(Networks.Single(net => net.Name == name).Input)!;
        var input = randn([8, .. sizes]);

        if (name == "Lstm" && X86Base.IsSupported && !Avx512BW.IsSupported)
        {
            // To go on would end the process.
            Assert.Throws<ModelGenException>(() => new Autocast(model, CPU));
            return;
        }

        var exact = Gradients(model, model.call(input));
        var rounded = Gradients(model, new Autocast(model, CPU).Call(input));

        Assert.All(exact.Zip(rounded), pair =>
        {
            Assert.Equal(ScalarType.Float32, pair.Second.dtype);
            Assert.InRange((pair.First - pair.Second).norm().item<float>(), 0, 0.1f * pair.First.norm().item<float>() + 1e-3f);
        });
        Assert.Contains(exact.Zip(rounded), pair => !pair.First.equal(pair.Second).all().item<bool>());
    }

    [LinuxFact]
    public void The_seeds_network_trains_in_it_deterministically_resumes_and_is_tested_and_the_record_says_so()
    {
        var (path, spec) = SeedSpecs.Json;
        using var program = new EmittedProgram("return Demo.ConvNet.Run(args);", (path, spec.Replace("\"epochs\": 20", "\"epochs\": 20, \"precision\": \"bfloat16\"", StringComparison.Ordinal)));
        using var folder = new TempFolder();
        string[] common = ["--no-progress", "--out", folder.Path];

        var (code, output, error) = program.Run(["train", "--epochs", "2", "--limit", "320", "--device", "cpu", "--deterministic", .. common]);

        Assert.True(code == 0, error);
        Assert.Contains("cpu, deterministic, bfloat16", output, StringComparison.Ordinal);
        Assert.Equal("cpu, deterministic, bfloat16", Result(folder, "result.json").GetProperty("device").GetString());
        Assert.Equal("cpu, deterministic, bfloat16", Result(folder, "run.json").GetProperty("device").GetString());
        Assert.InRange(Result(folder, "result.json").GetProperty("train_loss").GetDouble(), 0, 2);
        Assert.Equal(0, program.Run(["train", "--resume", "--epochs", "3", .. common]).ExitCode);
        Assert.Equal(0, program.Run(["eval", "--limit", "64", "--device", "cpu", "--out", folder.Path]).ExitCode);
    }

    private static Tensor[] Gradients(nn.Module model, Tensor output)
    {
        model.zero_grad();
        output.square().mean().backward();
        return [.. model.parameters().Select(parameter => parameter.grad!.clone())];
    }

    private static JsonElement Result(TempFolder folder, string file) => JsonDocument.Parse(File.ReadAllText(folder[file])).RootElement;
}
