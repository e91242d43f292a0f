using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>The dimension along which softmax and its logarithm sum to one.</summary>
internal static class SoftmaxDimension
{
    public static readonly Parameter<long> Dim = Parameter.Integer("dim", "The dimension whose values sum to one, where 1 holds the classes and -1 is the last", int.MinValue, 1, positional: true);

    public static Inference Infer(Settings settings, TensorShape input)
    {
        var dim = settings.Get(Dim);
        var position = dim < 0 ? dim + input.Rank : dim;
        return position >= 1 && position < input.Rank
            ? input
            : Inference.Broken(Rules.DimensionOutOfRange, Dim, string.Format(CultureInfo.InvariantCulture,
                "dim {0} is no dimension of {1} behind the batch; use 1 to {2}, or -1 for the last", dim, input, input.Rank - 1));
    }
}
