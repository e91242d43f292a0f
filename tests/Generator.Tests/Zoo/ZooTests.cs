using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using ModelGen.Formats;
using ModelGen.Reporting;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Zoo;

/// <summary>The networks of samples/Zoo are what they say: they run, have torchvision's parameters under its keys, and compute what it computes.</summary>
[Collection("Torch")]
public sealed class ZooTests
{
    // One compilation for all networks: each alone would cost as much.
    private static readonly Lazy<Compiled> Zoo = new(
        () => Compiled.From([.. ZooNetwork.All.Select(network => ($"{network.Name}.model.json", network.Spec))]).AssertClean());

    private static readonly Lazy<Assembly> Networks = new(() => Zoo.Value.Load());

    public static TheoryData<string> Names { get; } = [.. ZooNetwork.All.Select(network => network.Name)];

    public static TheoryData<string> TorchvisionNames { get; } = [.. ZooNetwork.All.Where(network => network.IsTorchvisions).Select(network => network.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Runs_with_the_state_that_it_promises(string name)
    {
        var network = ZooNetwork.Of(name);
        var graph = network.Graph;
        using var model = Create(name);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();

        var parameters = model.parameters().Sum(parameter => parameter.numel());
        Assert.Equal(model.GetType().GetField("ParameterCount")!.GetRawConstantValue(), parameters);
        if (network.IsTorchvisions)
        {
            var total = string.Create(CultureInfo.InvariantCulture, $"parameters {parameters:N0}");
            Assert.Equal(File.ReadAllLines(network.KeysFile), ModuleState.Tensors(model).Select(Line).Append(total));
        }

        using var input = graph.Input.IsIndices ? randint(10, [1, .. graph.Input.Sizes]) : rand([1, .. graph.Input.Sizes]);
        Assert.Equal([1, .. graph.Output.Sizes], model.call(input).shape);
    }

    /// <summary>The numbers that the papers' implementations are known by, and not ours or torchvision's word for them.</summary>
    [Theory]
    [InlineData("AlexNet", 61_100_840)]
    [InlineData("Vgg16", 138_357_544)]
    [InlineData("ResNet18", 11_689_512)]
    [InlineData("ResNet50", 25_557_032)]
    [InlineData("SqueezeNet", 1_248_424)]
    [InlineData("DenseNet121", 7_978_856)]
    [InlineData("MobileNetV2", 3_504_872)]
    [InlineData("MobileNetV3Small", 2_542_856)]
    [InlineData("EfficientNetB0", 5_288_548)]
    [InlineData("ViTB16", 86_567_656)]
    public void Has_the_published_number_of_parameters(string name, long parameters) =>
        Assert.Equal(parameters, Networks.Value.GetType("Demo." + name)!.GetField("ParameterCount")!.GetRawConstantValue());

    [TorchvisionTheory, MemberData(nameof(TorchvisionNames))]
    public void Computes_what_torchvision_computes(string name)
    {
        using var folder = new TempFolder();
        PythonTorch.Run(Path.Combine(Repository.Root, "tests/Generator.Tests/Zoo/agree.py"), name, folder["weights.pth"], folder["outcome.pth"]);
        var outcome = PthFile.Read(folder["outcome.pth"]).Entries.ToDictionary(entry => entry.Name, entry => entry.Tensor);
        using var model = Create(name);
        using var noGrad = no_grad();

        Assert.Empty(Weights.Load(model, folder["weights.pth"]));
        using var input = tensor(Floats(outcome["input"]), [.. outcome["input"].Shape]);
        using var output = model.call(input);

        var expected = Floats(outcome["output"]);
        var largest = expected.Max(Math.Abs);
        Assert.InRange(largest, 1e-3f, 1e6f); // Otherwise nothing came through, and agreeing means nothing.
        Assert.InRange(output.data<float>().Zip(expected, (ours, theirs) => Math.Abs(ours - theirs)).Max() / largest, 0, 1e-4f);
    }

    [Fact]
    public void The_generated_code_stays_readable() => Assert.All(ZooNetwork.All, network => Assert.InRange(GeneratedLines(network), 1, 3_000));

    [Fact]
    public void Its_readme_says_what_it_is()
    {
        var rows = ZooNetwork.All.Select(network => string.Create(CultureInfo.InvariantCulture, $"""
            | [{network.Name}]({network.Name}.model.json) | {network.Paper} | {network.Graph.Parameters:N0} | {network.Graph.MultiplyAdds:N0} |
            """ + $" {network.Spec.Count('\n')} | {GeneratedLines(network):N0} |"));
        Repository.AssertDerived("samples/Zoo/README.md", $"""
            # Zoo

            Published networks, each a spec to read on one screen. Where torchvision has the network, its weights load: keys, shapes and outputs are
            torchvision 0.14's. Build the project to see the classes in `obj/Generated`.

            Multiply-adds are of one sample, multiplications with a weight only. Lines are those of the spec and of the generated code.

            | network | paper | parameters | multiply-adds | spec | code |
            |---|---|--:|--:|--:|--:|
            {string.Join('\n', rows)}

            """);
    }

    [Fact]
    public void The_picture_in_the_readme_is_its_diagram() => Repository.AssertDerived(
        "docs/images/resnet18.svg", ((Diagram)Networks.Value.GetType("Demo.ResNet18")!.GetProperty("Diagram")!.GetValue(null)!).ToSvg());

    private static nn.Module<Tensor, Tensor> Create(string name)
    {
        LibTorch.EnsureLoaded();
        var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Networks.Value.GetType("Demo." + name)!)!;
        model.eval();
        return model;
    }

    private static string Line((string Name, Tensor Tensor) item) => $"{item.Name} [{string.Join(", ", item.Tensor.shape)}]";

    private static int GeneratedLines(ZooNetwork network) =>
        Zoo.Value.Files.Where(file => file.Key.StartsWith($"Demo.{network.Name}.", StringComparison.Ordinal)).Sum(file => file.Value.Count('\n'));

    private static float[] Floats(StoredTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();
}
