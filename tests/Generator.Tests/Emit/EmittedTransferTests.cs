using System.Text.RegularExpressions;
using ModelGen.Formats;

namespace ModelGen.Tests.Emit;

/// <summary>Transfer learning: a backbone from another network's file, frozen, and a head of its own; and the network as ONNX in the end.</summary>
[Collection("Torch")]
public sealed class EmittedTransferTests(EmittedTransferTests.Program program) : IClassFixture<EmittedTransferTests.Program>, IDisposable
{
    private const string Spec = """
        {
          "input": [1, 28, 28], "compile": { "onnx": true, "backend": "both" },
          "layers": [{ "conv2d": 4, "kernel_size": 3, "bias": false }, "batch_norm2d", "relu", { "conv2d": 4, "kernel_size": 3 }, "batch_norm2d", "relu", "flatten", { "linear": 10, "name": "head" }],
          "training": { "loss": "cross_entropy", "optimizer": "adamw", "batch_size": 16, "epochs": 2, "freeze": ["conv1.*", "bn1*"] },
          "data": { "image_folder": {} }
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("torch")]
    [InlineData("csharp")]
    public void What_is_frozen_stays_as_the_backbone_had_it_also_in_a_run_that_is_resumed_and_the_rest_learns(string backend)
    {
        Succeed(backend, "--epochs", "1", "--out", _folder["first"]);
        var first = Tensors("first/model.pth");
        var backbone = first.Entries.Where(entry => !entry.Name.StartsWith("head", StringComparison.Ordinal))
            .Select(entry => entry.Name == "bn1.running_var" ? entry with { Tensor = entry.Tensor with { Data = System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>([2f, 3, 4, 5]).ToArray() } } : entry)
            .Append(new("fc.weight", new StoredTensor(ElementType.Float32, [1], new byte[4])));
        PthFile.Write(_folder["backbone.pth"], new StateDict([.. backbone], []));

        var said = Succeed(backend, "--load", _folder["backbone.pth"], "--partial", "--out", _folder["second"], "--epochs", "1");
        Assert.Contains("took 13 of the network's 15 tensors: conv1.weight, bn1.weight, ", said, StringComparison.Ordinal);
        Assert.Contains("left 2 tensors as made, which the file lacks: head.weight, head.bias\n", said, StringComparison.Ordinal);
        Assert.Contains("left 1 tensor of the file, which the network lacks: fc.weight\n", said, StringComparison.Ordinal);
        // The other backend goes on: what is frozen has no state of the optimizer in either.
        Succeed(backend == "torch" ? "csharp" : "torch", "--resume", "--epochs", "2", "--out", _folder["second"]);

        var (before, after) = (PthFile.Read(_folder["backbone.pth"]), Tensors("second/model.pth"));
        string[] frozen = ["conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked"];
        Assert.All(frozen, name => Assert.Equal(Of(before, name), Of(after, name)));
        Assert.All(new[] { "conv2.weight", "bn2.weight", "bn2.running_mean", "bn2.num_batches_tracked" }, name => Assert.NotEqual(Of(before, name), Of(after, name)));
    }

    [Theory]
    [InlineData("torch")]
    [InlineData("csharp")]
    public void A_file_of_another_network_is_refused_also_as_a_part(string backend)
    {
        PthFile.Write(_folder["other.pth"], new StateDict([new("tail.weight", new StoredTensor(ElementType.Float32, [1], new byte[4]))], []));

        var (exitCode, _, error) = program.Value.Run("--backend", backend, "--load", _folder["other.pth"], "--partial", "--out", _folder["out"], "--device", "cpu");

        Assert.Equal(1, exitCode);
        Assert.Contains("has nothing that this network can take: it has tail.weight, and the network takes conv1.weight, ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch")]
    [InlineData("csharp")]
    public void The_program_writes_ONNX_with_the_names_of_its_classes(string backend)
    {
        Succeed(backend, "--epochs", "1", "--out", _folder["run"]);

        var exported = program.Value.Run("--backend", backend, "export", "--onnx", _folder["net.onnx"], "--out", _folder["run"], "--fold-batch-norm");

        Assert.Equal((0, $"Net: {_folder["run/model.pth"]} is written to {_folder["net.onnx"]}\n", ""), exported);
        using var session = new Microsoft.ML.OnnxRuntime.InferenceSession(_folder["net.onnx"]);
        Assert.Equal(["input"], session.InputNames);
        Assert.Equal(["head"], session.OutputNames);
        Assert.Equal(File.ReadAllText(_folder["run/labels.txt"]).TrimEnd('\n'), session.ModelMetadata.CustomMetadataMap["classes"]);
        Assert.Matches("^[0-9a-f]{16}$", session.ModelMetadata.CustomMetadataMap["fingerprint"]);

        // Names of other weights would be no names of these.
        File.AppendAllText(_folder["run/labels.txt"], "one more\n");
        var refused = program.Value.Run("--backend", backend, "export", "--onnx", _folder["other.onnx"], "--out", _folder["run"]);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Out));
        Assert.Matches($@"^error: '{Regex.Escape(_folder["run/labels.txt"])}' names \d+ classes, but '{Regex.Escape(_folder["run/model.pth"])}' tells \d+ apart: ", refused.Error);
        Assert.False(File.Exists(_folder["other.onnx"]));
    }

    /// <summary>Both backends export the same network: to the bit the same file of the same weights.</summary>
    [Fact]
    public void Both_backends_write_the_same_ONNX()
    {
        Succeed("torch", "--epochs", "1", "--out", _folder["run"]);

        foreach (var backend in new[] { "torch", "csharp" })
            Assert.Equal(0, program.Value.Run("--backend", backend, "export", "--onnx", _folder[backend + ".onnx"], "--load", _folder["run/model.pth"]).ExitCode);

        Assert.Equal(File.ReadAllBytes(_folder["torch.onnx"]), File.ReadAllBytes(_folder["csharp.onnx"]));
    }

    private string Succeed(string backend, params string[] args)
    {
        var (exitCode, output, error) = program.Value.Run(["--backend", backend, .. args, "--device", "cpu", "--limit", "64"]);
        Assert.Equal((0, ""), (exitCode, error));
        return output;
    }

    private StateDict Tensors(string file) => PthFile.Read(_folder[file]);

    /// <summary>The program of both backends; the command line chooses one.</summary>
    public sealed class Program : IDisposable
    {
        internal EmittedProgram Value { get; } = new("return Demo.Net.Run(args);", ("Net.model.json", Spec));

        public void Dispose() => Value.Dispose();
    }

    private static byte[] Of(StateDict state, string name) => state.Entries.Single(entry => entry.Name == name).Tensor.Data.ToArray();
}
