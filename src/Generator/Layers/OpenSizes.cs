using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Emit;

namespace ModelGen.Layers;

/// <summary>Sizes into which a number of values is put, as a spec writes them: one may be -1, which takes what is left.</summary>
internal static class OpenSizes
{
    /// <summary>What is wrong with them; null when the values fit exactly.</summary>
    /// <param name="settings">The layer's settings.</param>
    /// <param name="parameter">The parameter that holds them.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="what">What holds those values: "dimension 1".</param>
    public static Inference? Check(Settings settings, Parameter<IReadOnlyList<long>> parameter, long count, string what)
    {
        var sizes = settings.Get(parameter);
        var text = $"{parameter.Name} [{string.Join(", ", sizes.Select(CSharpLiteral.Of))}]";
        if (sizes.Contains(0))
            return Inference.Broken(Rules.NotDivisible, parameter, text + " has a size of 0, which holds nothing");
        if (sizes.Count(size => size == -1) > 1)
            return Inference.Broken(Rules.NotDivisible, parameter, text + " has more than one -1, and nothing says how they share what is left");
        var product = Product(sizes);
        if (sizes.Contains(-1) ? count % product == 0 : count == product)
            return null;
        var holds = sizes.Contains(-1) ? "a multiple of {1} values" : "{1} values";
        return Inference.Broken(Rules.NotDivisible, parameter, string.Format(
            CultureInfo.InvariantCulture, "{0} holds " + holds + ", but {2} has {3}", text, product, what, count));
    }

    /// <summary>All of them as numbers.</summary>
    public static long[] Fill(IReadOnlyList<long> sizes, long count) => [.. sizes.Select(size => size == -1 ? count / Product(sizes) : size)];

    private static long Product(IEnumerable<long> sizes) => sizes.Where(size => size != -1).Aggregate(1L, (product, size) => checked(product * size));
}
