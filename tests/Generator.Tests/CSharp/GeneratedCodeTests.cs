using ModelGen.Cpu.Kernels;
using ModelGen.Layers;
using ModelGen.Tests.Specs;

namespace ModelGen.Tests.CSharp;

/// <summary>What a user of the C# backend reads, and what it needs to compile.</summary>
public sealed class GeneratedCodeTests
{
    private static readonly (string Path, string Text) Seed = new TwinSpec("ConvNet", SeedSpecs.Json.Text).CSharp with { Item1 = SeedSpecs.Json.Path };

    /// <summary>The files that only this backend writes; the others are TorchSharp's but for a word.</summary>
    [Theory]
    [InlineData("Layers")]
    [InlineData("Network")]
    [InlineData("Workspace")]
    [InlineData("TrainingPass")]
    [InlineData("Trainer")]
    public void The_seed(string file)
    {
        var files = Compiled.From(Seed).AssertClean().Files;

        Assert.Equal(["Data", "Layers", "Network", "Options", "Program", "Trainer", "TrainingPass", "Workspace"], files.Keys.Select(name => name.Split('.')[2]));
        Repository.AssertDerived($"tests/Generator.Tests/Snapshots/CSharp/Demo.ConvNet.{file}.verified.cs", files[$"Demo.ConvNet.{file}.g.cs"]);
    }

    /// <summary>The ends of residuals are part of the norms before them, forward and backward: one with an activation, one without, and one of two norms.</summary>
    [Fact]
    public void The_ends_of_residuals()
    {
        var spec = new TwinSpec("Residuals", """
            {
              "input": [3, 8, 8],
              "layers": [
                { "conv2d": 8, "kernel_size": 3, "padding": 1, "bias": false }, "batch_norm2d", "relu",
                { "residual": [{ "conv2d": 8, "kernel_size": 3, "padding": 1, "bias": false }, "batch_norm2d"] }, "relu",
                { "residual": [{ "conv2d": 8, "kernel_size": 1, "bias": false }, "batch_norm2d"] },
                { "residual": [{ "conv2d": 12, "kernel_size": 3, "padding": 1, "stride": 2, "bias": false }, "batch_norm2d"], "shortcut": "projection" }, "relu",
                "global_avg_pool", { "linear": 4 }
              ],
              "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": {} }
            }
            """);

        var files = Compiled.From(spec.CSharp).AssertClean().Files;

        Repository.AssertDerived("tests/Generator.Tests/Snapshots/CSharp/Residuals.TrainingPass.verified.cs", files.Single(file => file.Key.EndsWith("TrainingPass.g.cs", StringComparison.Ordinal)).Value);
    }

    /// <summary>What a network of linear layers has no use for, its code does not speak of.</summary>
    [Fact]
    public void Linear_layers_leave_no_trace_of_convolutions()
    {
        var files = Compiled.From(("Net.model.json", """
            {
              "input": [4], "layers": [{ "linear": 8 }, "relu", { "linear": 2 }], "compile": { "backend": "csharp" },
              "training": { "loss": "mse", "optimizer": "adam" }, "data": { "csv": { "targets": ["price", "rent"] } }
            }
            """)).AssertClean().Files;

        Assert.All((string[])["scratch", "convolution", "batch norm", "kernels' own order"], word =>
            Assert.DoesNotContain(files.Values, text => text.Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains("that no longer learns: memory for all values, ", files["Demo.Net.Workspace.g.cs"], StringComparison.Ordinal);
    }

    /// <summary>The generator hands over a worker's samples side by side exactly where the kernel computes several of them at a time.</summary>
    [Fact]
    public void Small_images_are_taken_side_by_side()
    {
        var row = new WindowAxis(1, 1, 1, 1, 0, 1);
        Assert.All(Enumerable.Range(1, 100), pixels =>
            Assert.Equal(pixels < Kernel.ManyPixels, new ConvolutionShape(row, new(pixels, pixels, 1, 1, 0, 1), 1, 1, 1, 16).Samples > 1));
    }

    [Fact]
    public void It_names_no_TorchSharp_and_compiles_without_it()
    {
        (string, string)[] specs = [Seed, .. GradientNetworks.All.Where(network => network.Spec.HasKernels).Select(network => network.Spec.CSharp)];
        var project = Compiled.Project(specs);
        var bare = project.WithReferences(project.References.Where(reference => !reference.Display!.Contains("Torch", StringComparison.Ordinal)));
        Assert.InRange(bare.References.Count(), 1, project.References.Count() - 2);

        var compiled = Compiled.From(Compiled.Driver(specs), bare).AssertClean();

        Assert.All(compiled.Files.Values, text =>
        {
            Assert.DoesNotContain("TorchSharp", text, StringComparison.Ordinal);
            Assert.DoesNotContain("ModelGen.Torch", text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("workspace")]
    [InlineData("class")]
    [InlineData("parameters")]
    [InlineData("channels_first")]
    [InlineData("count")]
    [InlineData("model")]
    [InlineData("team")]
    [InlineData("objective")]
    [InlineData("layers")]
    public void A_layer_can_have_any_name(string name) =>
        Compiled.From((Seed.Path, Seed.Text.Replace("\"padding\": 2 }, \"batch_norm2d\", \"relu\", { \"max_pool2d\": 2 },\n    \"flatten\"", $"\"padding\": 2, \"name\": \"{name}\" }}, \"batch_norm2d\", \"relu\", {{ \"max_pool2d\": 2 }},\n    \"flatten\"", StringComparison.Ordinal))).AssertClean();

    /// <summary>A layer's constants are a type, and what it keeps are members: neither may have the name of another.</summary>
    [Theory]
    [InlineData("{ 'conv2d': 4, 'kernel_size': 3, 'name': 'width' }", "struct Width_ :")]
    [InlineData("{ 'conv2d': 4, 'kernel_size': 3, 'name': 'in_channels' }", "struct InChannels_ :")]
    [InlineData("{ 'leaky_relu': 0.1, 'name': 'negative_slope' }", "struct NegativeSlope_ :")]
    [InlineData("{ 'flatten': {}, 'name': 'height' }", "struct Height_ :")]
    [InlineData("{ 'relu': {}, 'name': 'length' }", "struct Length_ :")]
    [InlineData("{ 'relu': {}, 'name': 'height' }", "struct Height :")]
    [InlineData("{ 'flatten': {}, 'name': 'kernels' }", "struct Kernels : Kernels::IFlatten")]
    [InlineData("{ 'conv2d': 4, 'kernel_size': 3, 'name': 'Input' }", "Input_2Value")]
    [InlineData("{ 'conv2d': 4, 'kernel_size': 3, 'name': 'input_value' }", "InputValueValue")]
    [InlineData("{ 'squeeze_excite': 2 }, { 'conv2d': 4, 'kernel_size': 1, 'name': 'se1_fc1' }", "Se1Fc1Weight_2")]
    public void Names_that_layers_have_members_of(string layers, string generated)
    {
        var compiled = Compiled.From(("Net.model.json", $$"""{ "input": [3, 8, 8], "layers": [{{layers.Replace('\'', '"')}}], "compile": { "backend": "csharp" } }""")).AssertClean();

        Assert.Contains(compiled.Files.Values, text => text.Contains(generated, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'input': [4], 'layers': [{ 'linear': 2, 'name': 'input_value' }, 'relu', { 'linear': 2, 'name': 'Input' }, 'tanh'], 'outputs': ['input_value', 'tanh1']")]
    [InlineData("'inputs': { 'Fc1': [4], 'b': [4] }, 'layers': [{ 'linear': 4, 'from': 'b' }, { 'add': 'Fc1' }]")]
    [InlineData("'inputs': { 'a_b': [4], 'aB': [4], 'AB': [4], 'AB_Value': [4], 'ABValue': [4] }, 'layers': [{ 'add': 'aB' }, { 'add': 'AB' }, { 'add': 'AB_Value' }, { 'add': 'ABValue' }, { 'linear': 2 }]")]
    [InlineData("'input': [3, 8, 8], 'layers': ['flatten', { 'linear': 10 }], 'outputs': ['input', 'fc1']")]
    [InlineData("'inputs': { 'Compute': [4], 'b': [4] }, 'layers': [{ 'add': 'b' }, { 'linear': 2, 'name': 'compute' }, 'relu'], 'outputs': ['compute', 'relu1']")]
    [InlineData("'inputs': { 'output': [3, 8, 8] }, 'layers': [{ 'conv2d': 5, 'kernel_size': 3 }]")]
    [InlineData("'input': [3, 8, 8], 'layers': [{ 'conv2d': 5, 'kernel_size': 3, 'name': 'a' }, { 'conv2d': 5, 'kernel_size': 1, 'name': 'a_ordered' }], 'outputs': ['a', 'a_ordered']")]
    [InlineData("'input': [3, 8, 8], 'layers': [{ 'conv2d': 5, 'kernel_size': 3, 'name': 'conv' }, { 'dropout': 0.5, 'name': 'drop' }, { 'identity': {}, 'name': 'same' }], 'outputs': ['conv', 'drop', 'same']")]
    [InlineData("'input': [4, 8], 'layers': [{ 'multi_head_attention': 2 }, { 'linear': 8, 'name': 'attention1_out_proj' }, 'relu', { 'linear': 8, 'name': 'attention1_in_proj' }]")]
    public void Values_and_tensors_whose_names_meet(string spec)
    {
        Compiled.From(("Net.model.json", $$"""{ {{spec.Replace('\'', '"')}}, "compile": { "backend": "both" } }""")).AssertClean();
    }

    /// <summary>A tensor is a member of the network, which a class may not be called as.</summary>
    [Fact]
    public void A_network_that_is_called_as_a_tensor()
    {
        var compiled = Compiled.From(("Fc1Weight.model.json", """{ "input": [4], "layers": [{ "linear": 2 }], "compile": { "backend": "csharp" } }""")).AssertClean();

        Assert.Contains("Parameter Fc1Weight_2 {", compiled.Files["Demo.Fc1Weight.Network.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("csharp", "'name': ⟦'Layers'⟧, 'layers': ['relu']", "'Layers' is a member of every network in plain C#")]
    [InlineData("csharp", "'name': ⟦'Ends'⟧, 'layers': ['relu']", "'Ends' is a member of every network in plain C#")]
    [InlineData("csharp", "'name': ⟦'Workspace'⟧, 'layers': ['relu']", "'Workspace' is a member of every network in plain C#")]
    [InlineData("csharp", "'name': ⟦'TrainingPass'⟧, 'layers': ['relu']", "'TrainingPass' is a member of every network in plain C#")]
    [InlineData("csharp", "'name': ⟦'Parameters'⟧, 'layers': ['relu']", "'Parameters' is a member of every network in plain C#")]
    [InlineData("csharp", "'name': ⟦'Modules'⟧, 'layers': ['relu']", "'Modules' is a member of every network in plain C#")]
    [InlineData("csharp", "'name': ⟦'WithoutGradient'⟧, 'layers': ['relu']", "'WithoutGradient' is a member of every network in plain C#")]
    [InlineData("both", "'name': ⟦'CSharp'⟧, 'layers': ['relu']", "'CSharp' is the network in plain C#")]
    [InlineData("both", "'blocks': { ⟦'CSharp'⟧: { 'layers': ['tanh'] } }, 'layers': ['CSharp']", "'CSharp' is the network in plain C#")]
    [InlineData("both", "'layers': [{ 'linear': 2, 'name': ⟦'c_sharp'⟧ }]", "'CSharp' is the network in plain C#")]
    [InlineData("both", "'outputs': [⟦'forward'⟧, 'relu1'], 'layers': [{ 'linear': 2, 'name': 'forward' }, 'relu']", "the workspace has a member 'Forward' already")]
    public void A_name_that_only_this_backend_has_taken_is_refused_at_its_token(string backend, string marked, string why)
    {
        var text = MarkedText.Parse($"{{ {marked.Replace('\'', '"')}, \"input\": [4], \"compile\": {{ \"backend\": \"BACKEND\" }} }}");
        Compiled Of(string backend) => Compiled.From(("Net.model.json", text.Text.Replace("BACKEND", backend, StringComparison.Ordinal)));

        var report = Assert.Single(Of(backend).Report());

        Assert.StartsWith($"Net.model.json({text.Places[0]}): error MG1007: The name ", report, StringComparison.Ordinal);
        Assert.Contains($"can't be used: {why}.", report, StringComparison.Ordinal);
        Of("torch").AssertClean();
    }

    [Theory]
    [InlineData("namespace Demo { class Kernels; }")]
    [InlineData("class Kernels;")]
    [InlineData("namespace Kernels.Sub { class Inner; }")]
    [InlineData("namespace Demo.Kernels { class Inner; }")]
    [InlineData("namespace Demo { partial class ConvNet { class Kernels; } }")]
    public void Whatever_else_is_called_Kernels(string other) => Compiled.From(Seed, ("Other.cs", other)).AssertClean();
}
