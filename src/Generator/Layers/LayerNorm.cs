using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Layers;

internal sealed class LayerNorm : TrailingNormalisation
{
    private readonly Parameter<double> _eps = Parameter.Real("eps", "Added to the variance before the square root", 0, 1e-5);
    private readonly Parameter<bool> _bias = Parameter.Flag("bias", "Adds a trained value too, where elementwise_affine is set", true);

    public LayerNorm() => Parameters = [NormalizedDims, _eps, ElementwiseAffine, _bias];

    public override string Keyword => "layer_norm";

    public override string AttributeName => "LayerNorm";

    public override string Stem => "ln";

    public override string Doc =>
        "Layer normalisation, (x - mean) / sqrt(variance + eps) weight + bias over the last normalized_dims dimensions: any shape to the same shape";

    public override IReadOnlyList<Parameter> Parameters { get; }

    public override long CountParameters(Settings settings, TensorShape input) =>
        settings.Get(ElementwiseAffine) ? checked((settings.Get(_bias) ? 2 : 1) * NormalizedShape(settings, input).ElementCount) : 0;

    public override Kernel? KernelFor(Settings settings, IReadOnlyList<TensorShape> inputs, TensorShape output)
    {
        if (Constants(settings, inputs[0], _eps) is not { } constants)
            return null;
        var (shape, hasWeight) = (NormalizedShape(settings, inputs[0]).Sizes, settings.Get(ElementwiseAffine));
        var hasBias = hasWeight && settings.Get(_bias);
        return new Kernel("LayerNorm", KernelForm.Samples, [.. constants, .. hasBias ? Enumerable.Empty<(string, object)>() : [("HasBias", false)]])
        {
            Parameters = [new("weight", shape, "Constant({0}, 1)") { IsThere = hasWeight }, new("bias", shape, "Constant({0}, 0)") { IsThere = hasBias }],
        };
    }

    public override Argument[] TorchArguments(Settings settings, TensorShape input) =>
    [
        ShapeArgument(settings, input),
        Argument.Named("eps", _eps, settings),
        Argument.Named("elementwise_affine", ElementwiseAffine, settings),
        Argument.Named("bias", _bias, settings),
    ];

    public override string? Onnx(OnnxLayer layer)
    {
        var (dims, isAffine) = (layer.Get(NormalizedDims), layer.Get(ElementwiseAffine));
        var shape = NormalizedShape(layer.Settings, layer.Shape).Sizes.ToArray();
        return layer.LayerNormalised(
            layer.Input,
            isAffine ? layer.Weight("weight") : layer.Constant("Filled", 1.0, shape),
            layer.Weight("bias", isAffine && layer.Get(_bias)),
            layer.Get(_eps), dims);
    }
}
