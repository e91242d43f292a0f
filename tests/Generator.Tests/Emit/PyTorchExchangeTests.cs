using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>PyTorch as the referee: the emitted network and one written in Python take each other's weights, and then compute the same.</summary>
[Collection("Torch")]
public sealed class PyTorchExchangeTests
{
    [PythonFact]
    public void Weights_move_both_ways_and_the_outputs_agree()
    {
        using var folder = new TempFolder();
        LibTorch.Configure(threads: 0, seed: 5);
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Compiled.From(SeedSpecs.Attributes).Load().GetType("Demo.ConvNet")!)!;
        using var input = rand(6, 3, 28, 28);
        using (var moved = model.call(input)) // in training mode, so that the running statistics are not all zero and one
            model.eval();
        Weights.Save(model, folder["ours.pth"]);
        PthFile.Write(folder["input.pth"], new StateDict([new("x", new StoredTensor(ElementType.Float32, input.shape, input.bytes.ToArray()))], []));

        PythonTorch.Run(Path.Combine(Repository.Root, "tests/Generator.Tests/Emit/exchange.py"), folder["ours.pth"], folder["input.pth"], folder["theirs.pth"], folder["outputs.pth"]);

        var expected = PthFile.Read(folder["outputs.pth"]).Entries;
        AssertGives(model, input, expected.Single(entry => entry.Name == "ours").Tensor);
        Assert.Empty(Weights.Load(model, folder["theirs.pth"]));
        AssertGives(model, input, expected.Single(entry => entry.Name == "theirs").Tensor);
    }

    private static void AssertGives(nn.Module<Tensor, Tensor> model, Tensor input, StoredTensor expected)
    {
        using var output = model.call(input);
        var actual = output.data<float>().ToArray();
        Assert.Equal(expected.Shape, output.shape);
        Assert.All(actual.Zip(MemoryMarshal.Cast<byte, float>(expected.Data.Span).ToArray()), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }
}
