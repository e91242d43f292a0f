using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>The dimension along which softmax and its logarithm sum to one.</summary>
internal static class SoftmaxDimension
{
    public static readonly Parameter<long> Dim = Parameter.Integer(
        "dim", "The dimension whose values sum to one, where 1 holds the classes and -1 is the last", int.MinValue, 1, positional: true);

    public static Inference Infer(Settings settings, TensorShape input) => Dimension.Of(settings, Dim, input) is null ? Dimension.Missing(settings, Dim, input) : input;

    /// <summary>The kernel along the last dimension in memory; null along any other.</summary>
    public static Kernel? KernelFor(string name, Settings settings, TensorShape shape)
    {
        var dimension = Dimension.Of(settings, Dim, shape);
        var last = shape.Rank == 4 ? 0 : shape.Sizes.Count - 1;
        return dimension == last
            ? new Kernel(name, KernelForm.Plain, ("Rows", shape.ElementCount / shape[last]), ("Length", shape[last]))
            { Interface = "ISoftmax", Reads = KernelReads.Output }
            : null;
    }
}
