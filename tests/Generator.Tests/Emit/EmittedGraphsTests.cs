using System.Reflection;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>Networks that are graphs, run: several inputs and outputs, shortcuts, and modules of the user's own.</summary>
[Collection("Torch")]
public sealed class EmittedGraphsTests
{
    private const string Own = """
        namespace Demo;
        /// <summary>A module of one's own.</summary>
        internal sealed class Scale : global::TorchSharp.torch.nn.Module<global::TorchSharp.torch.Tensor, global::TorchSharp.torch.Tensor>
        {
            private readonly double _factor;
            /// <summary>Multiplies.</summary>
            public Scale(double factor, string name, bool isOn) : base(name) => _factor = isOn ? factor : 1;
            /// <inheritdoc/>
            public override global::TorchSharp.torch.Tensor forward(global::TorchSharp.torch.Tensor input) => input.mul(_factor);
        }
        """;

    public EmittedGraphsTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Several_inputs_are_arguments_and_several_outputs_a_record()
    {
        var type = Load("""
            {
              "inputs": { "image": [2, 3, 3], "mask": [1, 3, 3] },
              "outputs": ["sum", "product"],
              "layers": [{ "mul": "mask", "name": "product" }, { "add": "mask", "from": "image", "name": "sum" }]
            }
            """);
        using var model = (nn.Module)Activator.CreateInstance(type)!;
        using var scope = NewDisposeScope();
        var (image, mask) = (rand(4, 2, 3, 3), rand(4, 1, 3, 3));

        var forward = type.GetMethod("forward", [typeof(Tensor), typeof(Tensor)])!;
        var output = forward.Invoke(model, [image, mask])!;

        Assert.Equal(["image", "mask"], forward.GetParameters().Select(parameter => parameter.Name));
        Assert.Equal(["Sum", "Product"], output.GetType().GetProperties().Select(property => property.Name));
        AssertEqual(image + mask, Get(output, "Sum"));
        AssertEqual(image * mask, Get(output, "Product"));
        ((IDisposable)output).Dispose();
        Assert.True(Get(output, "Sum").IsInvalid && Get(output, "Product").IsInvalid);
    }

    [Fact]
    public void A_shortcut_is_the_input_itself_or_a_projection_of_it()
    {
        var type = Load("""
            {
              "input": [4, 6, 6],
              "blocks": {
                "Cell": {
                  "parameters": ["channels", { "stride": 1 }],
                  "layers": [{ "residual": [{ "conv2d": "channels", "kernel_size": 3, "stride": "stride", "padding": 1 }], "shortcut": "projection" }]
                }
              },
              "layers": [{ "Cell": 8, "repeat": 2, "first": { "stride": 2 }, "name": "cells" }]
            }
            """);
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(type)!;
        using var scope = NewDisposeScope();
        model.eval();
        var weights = model.state_dict();
        var image = rand(2, 4, 6, 6);

        var first = nn.functional.conv2d(image, weights["cells.0.conv1.weight"], weights["cells.0.conv1.bias"], [2, 2], [1, 1]);
        var shortcut = nn.functional.conv2d(image, weights["cells.0.downsample.0.weight"], null, [2, 2]) / Math.Sqrt(1 + 1e-5);
        var half = first + shortcut;
        var second = nn.functional.conv2d(half, weights["cells.1.conv1.weight"], weights["cells.1.conv1.bias"], padding: [1, 1]) + half;

        AssertEqual(second, model.call(image));
        Assert.DoesNotContain(weights.Keys, key => key.StartsWith("cells.1.downsample", StringComparison.Ordinal));
    }

    [Fact]
    public void A_module_of_ones_own_is_a_layer_in_both_forms()
    {
        const string Json = """{ "input": [3], "layers": [{ "linear": 3 }, { "custom": "Demo.Scale", "arguments": [2.5, "scale", true], "output": [3], "name": "scale" }] }""";
        const string Attributes = """
            using ModelGen;
            namespace Demo;
            /// <summary>A network.</summary>
            [Model, Input(3), Linear(3), Layer<Scale>(2.5, "scale", true, Output = [3], Name = "scale")]
            public partial class Net;
            """;
        var fromJson = Compiled.From(("Net.model.json", Json), ("Scale.cs", Own));
        var fromAttributes = Compiled.From(("Net.cs", Attributes), ("Scale.cs", Own)).AssertClean();
        Assert.Equal(fromJson.Files.Single().Value, fromAttributes.Files.Single().Value.Replace("Net.cs", "Net.model.json", StringComparison.Ordinal));

        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(fromJson.Load().GetType("Demo.Net")!)!;
        using var scope = NewDisposeScope();
        var (weights, values) = (model.state_dict(), rand(2, 3));
        AssertEqual(nn.functional.linear(values, weights["fc1.weight"], weights["fc1.bias"]) * 2.5, model.call(values));
    }

    [Fact]
    public void A_module_of_ones_own_that_gives_another_shape_is_refused_when_the_network_is_made()
    {
        var type = Load("""{ "input": [3], "layers": [{ "custom": "Demo.Scale", "arguments": [2.5, "scale", true], "output": [4] }, { "linear": 2 }] }""");

        var error = Assert.Throws<TargetInvocationException>(() => Activator.CreateInstance(type)).InnerException;

        Assert.Equal("The module Scale is declared to give [N, 4] for [N, 3], but gives [N, 3]: correct 'output' in the spec, or the module.", Assert.IsType<ModelGenException>(error).Message);
    }

    private static Type Load(string json) => Compiled.From(("Net.model.json", json), ("Scale.cs", Own)).Load().GetType("Demo.Net")!;

    private static Tensor Get(object record, string name) => (Tensor)record.GetType().GetProperty(name)!.GetValue(record)!;

    private static void AssertEqual(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.All(expected.data<float>().ToArray().Zip(actual.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }
}
