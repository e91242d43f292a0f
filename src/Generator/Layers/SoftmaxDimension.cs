using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>The dimension along which softmax and its logarithm sum to one.</summary>
internal static class SoftmaxDimension
{
    public static readonly Parameter<long> Dim = Parameter.Integer("dim", "The dimension whose values sum to one, where 1 holds the classes and -1 is the last", int.MinValue, 1, positional: true);

    public static Inference Infer(Settings settings, TensorShape input) => Dimension.Of(settings, Dim, input) is null ? Dimension.Missing(settings, Dim, input) : input;
}
