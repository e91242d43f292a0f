using System.Collections.Generic;
using System.Linq;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>The p-norm of the values under each window. It has no padding.</summary>
internal abstract class LpPooling : Pooling
{
    private readonly Parameter<double> _normType = Parameter.Real(
        "norm_type", "The norm's p: 1 gives the sum of the values, 2 their length", 0, null, open: true, positional: true).Such(SpecValue.Of(2));

    protected LpPooling(int directions)
        : base(directions, "None") => Parameters = [_normType, KernelSize, Stride, CeilMode];

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var window = WindowOf(settings);
        var isList = !window.Kernel.IsUniform || !window.Stride.IsUniform;
        return
        [
            Argument.Of("norm_type", settings.Get(_normType)),
            isList ? new Argument("kernel_size", List(window.Kernel), IsPositional: true) : Argument.Of("kernel_size", window.Kernel),
            (isList ? new Argument("stride", List(window.Stride)) : new Argument("stride", window.Stride)) with { IsDefault = window.Stride == window.Kernel },
            Argument.Named("ceil_mode", CeilMode, settings),
        ];
    }

    // TorchSharp takes directions that differ as an array here, and not as a tuple.
    private static string List(Size size) => $"[{string.Join(", ", size.Values.Select(CSharpLiteral.Of))}]";

    public override string Onnx(OnnxLayer layer)
    {
        // PyTorch takes the mean of the powers times the window's size, also where a window is cut off at the end.
        var (norm, size) = (layer.Get(_normType), layer.Get(KernelSize).Values.Aggregate(1L, (product, side) => product * side));
        var means = layer.Add("AveragePool", [layer.Add("Pow", layer.Input, layer.Number(norm))], OnnxWindow(layer));
        return layer.Add("Pow", layer.Add("Mul", means, layer.Number(size)), layer.Number(1 / norm));
    }
}
