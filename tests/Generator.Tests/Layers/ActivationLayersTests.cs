using CsCheck;
using ModelGen.Specs;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Layers;

/// <summary>Activations: each value by itself, and none of TorchSharp's defaults is another one than PyTorch's.</summary>
[Collection("Torch")]
public sealed class ActivationLayersTests : ILayerFamily
{
    public ActivationLayersTests() => LibTorch.EnsureLoaded();

    public static IReadOnlyList<(string Input, string Attributes, string Json)> Networks { get; } =
    [
        (
            "[4, 6, 5]",
            "ReLU6, PReLU(4, Init = 0.125), ELU(0.5), SELU, CELU(2), GELU(\"tanh\"), SiLU, Mish, Hardswish, Hardsigmoid, Softplus(2, 8)",
            """
            "relu6", { "prelu": 4, "init": 0.125 }, { "elu": 0.5 }, "selu", { "celu": 2 }, { "gelu": "tanh" }, "silu", "mish", "hardswish", "hardsigmoid",
            { "softplus": 2, "threshold": 8 }
            """
        ),
        (
            "[7]",
            "ReLU6, PReLU, ELU, SELU, CELU, GELU, SiLU, Mish, Hardswish, Hardsigmoid, Softplus",
            """ "relu6", "prelu", "elu", "selu", "celu", "gelu", "silu", "mish", "hardswish", "hardsigmoid", "softplus" """
        ),
    ];

    [Fact]
    public void PReLU() => Gen.Select(Gen.Int[1, 4].Array[1, 4], Gen.Int[1, 5]).Sample((sizes, parameters) => ShapeRule.AssertSame(
        [.. sizes.Select(size => (long)size)],
        ShapeRule.Layer("prelu", ("num_parameters", SpecValue.Of(parameters))),
        () => nn.PReLU(parameters)), iter: 300);

    [PythonFact]
    public void As_PyTorch() => LayerReferee.AssertAgrees(
        ([50], "\"relu6\"", "nn.ReLU6()"),
        ([50], "\"prelu\"", "nn.PReLU()"),
        ([5, 8], """{ "prelu": 5, "init": -0.5 }""", "nn.PReLU(5, init=-0.5)"),
        ([50], "\"elu\"", "nn.ELU()"),
        ([50], """{ "elu": 0.5 }""", "nn.ELU(0.5)"),
        ([50], "\"selu\"", "nn.SELU()"),
        ([50], "\"celu\"", "nn.CELU()"),
        ([50], """{ "celu": 2 }""", "nn.CELU(2)"),
        ([50], "\"gelu\"", "nn.GELU()"),
        ([50], """{ "gelu": "tanh" }""", "nn.GELU(approximate='tanh')"),
        ([50], "\"silu\"", "nn.SiLU()"),
        ([50], "\"mish\"", "nn.Mish()"),
        ([50], "\"hardswish\"", "nn.Hardswish()"),
        ([50], "\"hardsigmoid\"", "nn.Hardsigmoid()"),
        ([50], "\"softplus\"", "nn.Softplus()"),
        ([50], """{ "softplus": 2, "threshold": 3 }""", "nn.Softplus(2, 3)"));
}
