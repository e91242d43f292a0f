using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>PyTorch as the referee of single layers: initial weights with their names and order, and what comes out of the same weights and input.</summary>
internal static class LayerReferee
{
    /// <param name="cases">The input's sizes without the batch, the layer as JSON has it, and the layer in Python.</param>
    public static void AssertAgrees(params (long[] Input, string Json, string Python)[] cases)
    {
        LibTorch.Configure(threads: 0, seed: 5);
        using var folder = new TempFolder();
        var assembly = Compiled.From([.. cases.Select((one, i) =>
            ($"Net{i}.model.json", $"{{ \"input\": [{string.Join(", ", one.Input)}], \"layers\": [{one.Json}] }}"))]).Load();
        using var scope = NewDisposeScope();
        var models = cases.Select((_, i) => (nn.Module<Tensor, Tensor>)Activator.CreateInstance(assembly.GetType($"Demo.Net{i}")!)!).ToArray();
        var inputs = cases.Select(one => randn([4, .. one.Input]).mul(3)).ToArray();
        var initial = models.Select(State).ToArray();
        for (var i = 0; i < cases.Length; i++)
        {
            using (no_grad())
            {
                // Ones and zeros would hide what they do.
                foreach (var parameter in models[i].parameters())
                    parameter.uniform_(0.25, 2);
            }

            Weights.Save(models[i], folder[$"{i}.weights.pth"]);
            PthFile.Write(folder[$"{i}.input.pth"], new StateDict([new("x", Stored(inputs[i]))], []));
        }

        File.WriteAllLines(folder["cases.txt"], cases.Select((one, i) => $"{models[i].named_children().First().name}\t{one.Python}"));
        PythonTorch.Run(Path.Combine(Repository.Root, "tests/Generator.Tests/Layers/layers.py"), folder[""]);

        for (var i = 0; i < cases.Length; i++)
        {
            var expected = PthFile.Read(folder[$"{i}.expected.pth"]).Entries;
            Assert.Equal(expected.SkipLast(2).Select(entry => $"{entry.Name} {Text(entry.Tensor)}"), initial[i]);
            models[i].train();
            AssertEqual(cases[i].Json, expected[^2].Tensor, models[i].call(inputs[i]));
            models[i].eval();
            AssertEqual(cases[i].Json, expected[^1].Tensor, models[i].call(inputs[i]));
        }
    }

    private static string[] State(nn.Module model) =>
        [.. model.state_dict().Select(entry => $"initial {entry.Key} {Text(Stored(entry.Value))}")];

    private static StoredTensor Stored(Tensor tensor) =>
        new(tensor.dtype == int64 ? ElementType.Int64 : ElementType.Float32, tensor.shape, tensor.bytes.ToArray());

    private static string Text(StoredTensor tensor) => $"{tensor.Type} [{string.Join(", ", tensor.Shape)}] {Convert.ToHexString(tensor.Data.Span)}";

    private static void AssertEqual(string layer, StoredTensor expected, Tensor actual)
    {
        Assert.Equal(expected.Shape, actual.shape);
        var values = MemoryMarshal.Cast<byte, float>(expected.Data.Span).ToArray();
        Assert.All(actual.data<float>().ToArray().Zip(values), pair =>
            Assert.True(Math.Abs(pair.First - pair.Second) <= 1e-5 * Math.Max(1, Math.Abs(pair.Second)), $"{layer}: {pair.First} instead of {pair.Second}"));
    }
}
