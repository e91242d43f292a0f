using System.Linq;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>Normalisation over the last dimensions of each sample, with a weight for each of their values.</summary>
internal abstract class TrailingNormalisation : LayerKind
{
    /// <summary>In place of PyTorch's normalized_shape: the sizes follow from the input.</summary>
    protected Parameter<long> NormalizedDims { get; } =
        Parameter.Integer("normalized_dims", "How many dimensions from the last one on are normalised together", 1, 1, positional: true);

    protected Parameter<bool> ElementwiseAffine { get; } =
        Parameter.Flag("elementwise_affine", "Scales each value along the normalised dimensions by a trained one", true);

    public override bool IsOnlyItsOutput => true;

    public override Inference Infer(Settings settings, TensorShape input)
    {
        var (dims, most) = (settings.Get(NormalizedDims), input.Rank - 1);
        return dims <= most ? input : Inference.NoDimension(NormalizedDims, dims, input) with
        {
            Fixes = [Fix.Of("write normalized_dims " + CSharpLiteral.Of(most), new SetLayerSetting(NormalizedDims.Name, SpecValue.Of(most)))],
        };
    }

    protected TensorShape NormalizedShape(Settings settings, TensorShape input) =>
        TensorShape.Of([.. input.Sizes.Skip(input.Sizes.Count - (int)settings.Get(NormalizedDims))]);

    /// <summary>Plain C#: the constants that both kinds have; null for an image, whose channels lie last.</summary>
    protected (string Name, object Value)[]? Constants(Settings settings, TensorShape input, Parameter<double> eps)
    {
        var length = NormalizedShape(settings, input).ElementCount;
        var isOfImage = input.Rank == 4 && input[0] > 1 && (length < input.ElementCount || settings.Get(ElementwiseAffine));
        return isOfImage ? null :
        [
            .. Kernel.Unless(1, ("Rows", input.ElementCount / length)),
            ("Length", length),
            .. settings.Get(eps) == eps.Value ? Enumerable.Empty<(string, object)>() : [("Epsilon", settings.Get(eps))],
            .. settings.Get(ElementwiseAffine) ? Enumerable.Empty<(string, object)>() : [("HasWeight", false)],
        ];
    }

    /// <summary>A number for one dimension, a list for several: a block's uses may differ in a number only.</summary>
    protected Argument ShapeArgument(Settings settings, TensorShape input)
    {
        var sizes = NormalizedShape(settings, input).Sizes;
        return sizes.Count == 1
            ? Argument.Of("normalized_shape", sizes[0])
            : new Argument("normalized_shape", $"[{string.Join(", ", sizes.Select(CSharpLiteral.Of))}]", IsPositional: true);
    }
}
