using System;
using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class GELU : ElementwiseLayer
{
    private static readonly Parameter<string> Approximate = Parameter.Choice(
        "approximate", "'tanh' computes 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) instead of the exact form", ["none", "tanh"], "none", positional: true);

    public override string Keyword => "gelu";

    public override string AttributeName => "GELU";

    public override string Stem => "gelu";

    public override string Doc => "Gaussian error linear unit, x times the normal distribution function of x, on each value: any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; } = [Approximate];

    public override Kernel KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Pointwise(output, settings.Get(Approximate) == Approximate.Value ? "GELU" : "GELUTanh");

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var approximate = settings.Get(Approximate);
        return [new Argument("approximate", $"{TorchType}.Approximate.{approximate}", IsPositional: true, IsDefault: approximate == Approximate.Value)];
    }

    public override string Onnx(OnnxLayer layer) => Onnx(layer, layer.Input, layer.Get(Approximate) == "tanh");

    /// <summary>The same of any value of a layer.</summary>
    public static string Onnx(OnnxLayer layer, string value, bool isApproximate)
    {
        var half = layer.Add("Mul", value, layer.Number(0.5));
        var bent = isApproximate
            ? layer.Add(
                "Tanh",
                layer.Add(
                    "Mul",
                    layer.Add("Add", value, layer.Add("Mul", layer.Add("Pow", value, layer.Number(3)), layer.Number(0.044715))),
                    layer.Number(Math.Sqrt(2 / Math.PI))))
            : layer.Add("Erf", layer.Add("Mul", value, layer.Number(Math.Sqrt(0.5))));
        return layer.Add("Mul", half, layer.Add("Add", bent, layer.Number(1)));
    }
}
