using ModelGen.Cpu;

namespace InferenceBenchmarks;

/// <summary>Computes the outputs of samples: for each thread a workspace, whose memory is its own.</summary>
/// <param name="input">A sample's input: floats, row-major.</param>
/// <param name="output">Is given its output.</param>
internal delegate void Forward(ReadOnlySpan<float> input, Span<float> output);

/// <summary>A network that both backends have.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Input">The sizes of one input.</param>
/// <param name="Outputs">Values of one output.</param>
/// <param name="Export">Writes the TorchSharp network with random weights as ONNX and as safetensors.</param>
/// <param name="Load">Makes the C# network with the weights of a file.</param>
/// <param name="NewForward">Makes a workspace of it.</param>
internal sealed record Network(string Name, int[] Input, int Outputs, Action<string, string> Export, Func<string, ModelGen.Cpu.Network> Load, Func<ModelGen.Cpu.Network, Forward> NewForward)
{
    /// <summary>Values of one input.</summary>
    public int InputLength => Input.Aggregate(1, (product, size) => product * size);
}

/// <summary>The networks that are measured.</summary>
internal static class Networks
{
    public static IReadOnlyList<Network> All { get; } =
    [
        Of("seed", Seed.InputShape, Seed.OutputShape, () => new Seed(), (model, path) => model.ExportOnnx(path), () => new CSharpSeed(), model => new CSharpSeed.Workspace(model), (workspace, x) => workspace.Forward(x)),
        Of("LeNet-5", OnnxLeNet5.InputShape, OnnxLeNet5.OutputShape, () => new OnnxLeNet5(), (model, path) => model.ExportOnnx(path), () => new CSharpLeNet5(), model => new CSharpLeNet5.Workspace(model), (workspace, x) => workspace.Forward(x)),
        Of("ResNet-18", OnnxResNet18.InputShape, OnnxResNet18.OutputShape, () => new OnnxResNet18(), (model, path) => model.ExportOnnx(path), () => new CSharpResNet18(), model => new CSharpResNet18.Workspace(model), (workspace, x) => workspace.Forward(x)),
        Of("MobileNetV2", OnnxMobileNetV2.InputShape, OnnxMobileNetV2.OutputShape, () => new OnnxMobileNetV2(), (model, path) => model.ExportOnnx(path), () => new CSharpMobileNetV2(), model => new CSharpMobileNetV2.Workspace(model), (workspace, x) => workspace.Forward(x)),
        Of("ViT-tiny", OnnxViTTiny.InputShape, OnnxViTTiny.OutputShape, () => new OnnxViTTiny(), (model, path) => model.ExportOnnx(path), () => new CSharpViTTiny(), model => new CSharpViTTiny.Workspace(model), (workspace, x) => workspace.Forward(x)),
    ];

    private delegate ReadOnlySpan<float> Compute<TWorkspace>(TWorkspace workspace, ReadOnlySpan<float> input);

    private static Network Of<TTorch, TCSharp, TWorkspace>(
        string name,
        ReadOnlySpan<long> input,
        ReadOnlySpan<long> output,
        Func<TTorch> newTorch,
        Action<TTorch, string> export,
        Func<TCSharp> newCSharp,
        Func<TCSharp, TWorkspace> newWorkspace,
        Compute<TWorkspace> forward)
        where TTorch : TorchSharp.torch.nn.Module
        where TCSharp : ModelGen.Cpu.Network
    {
        var (sizes, outputs) = (input.ToArray().Select(size => (int)size).ToArray(), (int)output[0]);
        return new Network(name, sizes, outputs, Export, path => Loaded(newCSharp(), path), model => NewForward((TCSharp)model));

        void Export(string onnx, string weights)
        {
            using var model = newTorch();
            model.eval();
            export(model, onnx);
            ModelGen.Torch.Weights.Save(model, weights);
        }

        Forward NewForward(TCSharp model)
        {
            var workspace = newWorkspace(model);
            return (x, y) => forward(workspace, x).CopyTo(y);
        }
    }

    private static TNetwork Loaded<TNetwork>(TNetwork network, string path)
        where TNetwork : ModelGen.Cpu.Network
    {
        Weights.Load(network, path);
        return network;
    }
}
