using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class RMSNorm : TrailingNormalisation
{
    // 2^-23: the distance from 1 to the next float32.
    private readonly Parameter<double> _eps = Parameter.Real("eps", "Added to the mean square before the root", 0, 1.1920928955078125e-07);

    public RMSNorm() => Parameters = [NormalizedDims, _eps, ElementwiseAffine];

    public override string Keyword => "rms_norm";

    public override string AttributeName => "RMSNorm";

    public override string Stem => "norm";

    public override string Doc =>
        "Root mean square normalisation, x / sqrt(mean(x^2) + eps) weight over the last normalized_dims dimensions: any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override long CountParameters(Settings settings, TensorShape input) =>
        settings.Get(ElementwiseAffine) ? NormalizedShape(settings, input).ElementCount : 0;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output) =>
        Constants(settings, inputs[0], _eps) is { } constants
            ? new Kernel("RMSNorm", KernelForm.Samples, constants)
            {
                Parameters = [new("weight", NormalizedShape(settings, inputs[0]).Sizes, "Constant({0}, 1)") { IsThere = settings.Get(ElementwiseAffine) }],
            }
            : null;

    public override string TorchType => "global::ModelGen.Torch.RMSNorm";

    public override string TorchFactory => "new " + TorchType;

    // The constructors take the size alone, or all three.
    public override Argument[] TorchArguments(Settings settings, TensorShape input)
    {
        var isDefault = settings.Get(NormalizedDims) == 1 && !settings.Has(_eps) && !settings.Has(ElementwiseAffine);
        return
        [
            ShapeArgument(settings, input),
            Argument.Of("eps", settings.Get(_eps), isDefault),
            Argument.Named("elementwiseAffine", ElementwiseAffine, settings) with { IsDefault = isDefault },
        ];
    }

    public override string Onnx(OnnxLayer layer)
    {
        var axes = layer.Integers([.. Enumerable.Range(1, (int)layer.Get(NormalizedDims)).Select(dim => -(long)dim)]);
        var mean = layer.Add("ReduceMean", layer.Add("Mul", layer.Input, layer.Input), axes);
        var normal = layer.Add("Div", layer.Input, layer.Add("Sqrt", layer.Add("Add", mean, layer.Number(layer.Get(_eps)))));
        return layer.Get(ElementwiseAffine) ? layer.Add("Mul", normal, layer.Weight("weight")) : normal;
    }
}
