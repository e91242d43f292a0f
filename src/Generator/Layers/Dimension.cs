using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Layers;

/// <summary>Dimensions as PyTorch counts them: 0 is the batch, which no layer touches, 1 the next one, and -1 the last.</summary>
internal static class Dimension
{
    /// <summary>The index among a shape's sizes; null when there is no such dimension, or it is the batch.</summary>
    public static int? Of(Settings settings, Parameter<long> parameter, TensorShape input) => Of(settings.Get(parameter), input);

    public static int? Of(long dim, TensorShape input)
    {
        var position = dim < 0 ? dim + input.Rank : dim;
        return position >= 1 && position < input.Rank ? (int)position - 1 : null;
    }

    /// <summary>What is said where there is none.</summary>
    public static Inference Missing(Settings settings, Parameter<long> parameter, TensorShape input) =>
        Inference.NoDimension(parameter, settings.Get(parameter), input) with
        {
            Fixes = [Fix.Of($"write {parameter.Name} 1", new SetLayerSetting(parameter.Name, SpecValue.Of(1)))],
        };
}
