using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>The dimension along which softmax and its logarithm sum to one.</summary>
internal static class SoftmaxDimension
{
    public static readonly Parameter<long> Dim = Parameter.Integer("dim", "The dimension whose values sum to one, where 1 holds the classes and -1 is the last", int.MinValue, 1, positional: true);

    public static Inference Infer(Settings settings, TensorShape input)
    {
        var dim = settings.Get(Dim);
        var position = dim < 0 ? dim + input.Rank : dim;
        if (position >= 1 && position < input.Rank)
            return input;
        return Inference.NoDimension(Dim, dim, input) with { Fixes = [Fix.Of("write dim 1", new SetLayerSetting(0, Dim.Name, SpecValue.Of(1)))] };
    }
}
