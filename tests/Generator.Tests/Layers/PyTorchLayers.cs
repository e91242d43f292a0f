using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Emitted layers against PyTorch's own.</summary>
internal static class PyTorchLayers
{
    /// <summary>The state_dicts have the same keys in the same order, the same seed gives the same initial weights, and with them both compute the same.</summary>
    /// <param name="cases">The input's sizes, the items of a list of layers (of which one named "layer" may have weights), and PyTorch's module as a Python expression.</param>
    public static void AssertSame(params (string Input, string Layers, string Module)[] cases)
    {
        using var folder = new TempFolder();
        LibTorch.EnsureLoaded();
        var assembly = Compiled.From([.. cases.Select((one, i) => ($"Net{i}.model.json", $$"""{ "input": {{one.Input}}, "layers": [{{one.Layers}}] }"""))]).Load();
        var outputs = new List<Tensor>();
        for (var i = 0; i < cases.Length; i++)
        {
            LibTorch.Configure(threads: 0, seed: i);
            var type = assembly.GetType($"Demo.Net{i}")!;
            using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(type)!;
            using var input = rand([3, .. System.Text.Json.JsonSerializer.Deserialize<long[]>(cases[i].Input)!]);
            model.eval();
            Weights.Save(model, folder[$"weights{i}.pth"]);
            PthFile.Write(folder[$"input{i}.pth"], new StateDict([new("x", new StoredTensor(ElementType.Float32, input.shape, input.bytes.ToArray()))], []));
            outputs.Add(model.call(input));
        }

        PythonTorch.Run(Path.Combine(Repository.Root, "tests/Generator.Tests/Layers/pytorch_layers.py"), [folder.Path, .. cases.Select(one => one.Module)]);
        var expected = PthFile.Read(folder["outputs.pth"]).Entries;
        for (var i = 0; i < cases.Length; i++)
        {
            using var output = outputs[i].contiguous();
            var theirs = expected.Single(entry => entry.Name == $"{i}").Tensor;
            Assert.Equal(theirs.Shape, output.shape);
            Assert.All(
                output.data<float>().ToArray().Zip(MemoryMarshal.Cast<byte, float>(theirs.Data.Span).ToArray()),
                pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.Second)), $"{cases[i].Module}: {pair}"));
        }

        outputs.ForEach(output => output.Dispose());
    }
}
