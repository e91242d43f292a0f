using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>Several dimensions in one parameter, each counted as <see cref="Dimension"/> counts.</summary>
internal static class Dimensions
{
    /// <summary>What is wrong with them: one that does not exist, or one that stands there twice; null when they are right.</summary>
    /// <param name="settings">The layer's settings.</param>
    /// <param name="parameter">The parameter that holds them.</param>
    /// <param name="input">The input.</param>
    /// <param name="indices">Their indices among the shape's sizes, in their order.</param>
    public static Inference? Read(Settings settings, Parameter<IReadOnlyList<long>> parameter, TensorShape input, out int[] indices)
    {
        var dims = settings.Get(parameter);
        indices = [.. dims.Select(dim => Dimension.Of(dim, input) ?? -1)];
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0)
                return Inference.NoDimension(parameter, dims[i], input);
        }

        return indices.Distinct().Count() == indices.Length ? null
            : Inference.Broken(Rules.SettingsExclude, parameter, $"{parameter.Name} [{string.Join(", ", dims.Select(CSharpLiteral.Of))}]", "names a dimension twice");
    }

    /// <summary>The same where they are known to be right.</summary>
    public static int[] Of(Settings settings, Parameter<IReadOnlyList<long>> parameter, TensorShape input) =>
        [.. settings.Get(parameter).Select(dim => Dimension.Of(dim, input)!.Value)];
}
