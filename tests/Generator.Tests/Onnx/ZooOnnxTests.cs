using System.Reflection;
using ModelGen.Formats.Onnx;
using ModelGen.Tests.Zoo;
using ModelGen.Torch;

namespace ModelGen.Tests.Onnx;

/// <summary>The networks of samples/Zoo give in ONNX Runtime what they give in TorchSharp.</summary>
[Collection("Torch")]
public sealed class ZooOnnxTests : IDisposable
{
    private static readonly Lazy<Assembly> Networks = new(
        () => Compiled.From([.. ZooNetwork.All.Select(network => ($"{network.Name}.model.json", LayerOnnxTests.Asking(network.Spec)))]).Load());

    private readonly TempFolder _folder = new();

    public ZooOnnxTests() => LibTorch.EnsureLoaded();

    public static TheoryData<string> Names { get; } = [.. ZooNetwork.All.Select(network => network.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void The_file_computes_what_TorchSharp_does(string name)
    {
        using var network = new OnnxNetwork(Networks.Value.GetType("Demo." + name)!, _folder["network.onnx"]);

        network.AssertAgreesAlsoAlone(batch: 2, 1e-5);
    }

    [Theory]
    [InlineData("ResNet18", 20)]
    [InlineData("MobileNetV2", 52)]
    public void Folding_leaves_no_batch_norm_and_the_same_outputs(string name, int norms)
    {
        var type = Networks.Value.GetType("Demo." + name)!;
        using var plain = new OnnxNetwork(type, _folder["plain.onnx"]);
        using var folded = new OnnxNetwork(type, _folder["folded.onnx"], new OnnxOptions { FoldBatchNorm = true });

        folded.AssertAgrees(batch: 2, 1e-5);
        Assert.Equal(norms, Operators("plain.onnx") - Operators("folded.onnx"));

        int Operators(string file) => System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder[file])).Split("\u0012BatchNormalization").Length;
    }
}
