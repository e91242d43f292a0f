using System.Reflection;
using ModelGen.Formats.Onnx;
using ModelGen.Tests.Emit;
using ModelGen.Torch;

namespace ModelGen.Tests.Onnx;

/// <summary>Every layer gives in ONNX Runtime what it gives in TorchSharp.</summary>
[Collection("Torch")]
public sealed class LayerOnnxTests : IDisposable
{
    // One compilation for all networks: each alone would cost as much.
    private static readonly Lazy<Assembly> Networks = new(() => Compiled.From([.. EmittedLayersTests.Specs().Select(spec => ($"{spec.Name}.model.json", Asking(spec.Json)))]).Load());

    private readonly TempFolder _folder = new();

    public LayerOnnxTests() => LibTorch.EnsureLoaded();

    public static TheoryData<string> Names { get; } = [.. EmittedLayersTests.Specs().Select(spec => spec.Name)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void The_file_computes_what_TorchSharp_does(string name)
    {
        using var network = new OnnxNetwork(Networks.Value.GetType("Demo." + name)!, _folder["network.onnx"]);

        network.AssertAgrees(batch: 1, 1e-5);
        network.AssertAgrees(batch: 3, 1e-5);
    }

    /// <summary>Reductions have their dimensions elsewhere in newer sets.</summary>
    [Theory, MemberData(nameof(Names))]
    public void So_it_does_in_the_newest_operator_set(string name)
    {
        using var network = new OnnxNetwork(Networks.Value.GetType("Demo." + name)!, _folder["network.onnx"], new OnnxOptions { Opset = OnnxOptions.MostOpset, FoldBatchNorm = true });

        network.AssertAgrees(batch: 2, 1e-5);
    }

    internal static string Asking(string json) => "{ \"compile\": { \"onnx\": true }, " + json[(json.IndexOf('{', StringComparison.Ordinal) + 1)..];
}
