using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>The most that a network may cost; a network beyond it does not build.</summary>
internal sealed record Budget(long? Parameters, long? MultiplyAdds)
{
    private static readonly Parameter<long> MostParameters = Parameter.Integer(
        "parameters", "The most values that training may change", 0, fallbackWords: "no limit", max: long.MaxValue);
    private static readonly Parameter<long> MostMultiplyAdds = Parameter.Integer(
        "multiply_adds", "The most multiply-adds that one sample may cost", 0, fallbackWords: "no limit", max: long.MaxValue);

    public static IReadOnlyList<Parameter> Settings { get; } = [MostParameters, MostMultiplyAdds];

    /// <summary>Null when the spec has none, or a wrong one.</summary>
    public static Budget? Read(ModelSpec spec, ICollection<Finding> findings)
    {
        if (spec.Budget is not { IsReadable: true } section || SettingsBinder.Bind(section, "budget", "budget", Settings, findings) is not { } settings)
            return null;
        return new Budget(
            settings.Has(MostParameters) ? settings.Get(MostParameters) : null,
            settings.Has(MostMultiplyAdds) ? settings.Get(MostMultiplyAdds) : null);
    }

    public IEnumerable<Finding> Check(ModelGraph graph)
    {
        if (graph.Parameters > Parameters)
            yield return Exceeded(
                MostParameters, "parameters", Parameters.Value, graph.Parameters,
                graph.Layers.OrderByDescending(layer => layer.Node.Parameters).First(), node => node.Parameters);
        if (graph.MultiplyAdds > MultiplyAdds)
            yield return Exceeded(
                MostMultiplyAdds, "multiply-adds", MultiplyAdds.Value, graph.MultiplyAdds,
                graph.Layers.OrderByDescending(layer => layer.Node.MultiplyAdds).First(), node => node.MultiplyAdds);
    }

    private static Finding Exceeded(Parameter limit, string what, long most, long actual, FlatLayer largest, System.Func<LayerNode, long> cost) => Finding.Of(
        Rules.OverBudget, "budget." + limit.Name, Counted(actual), what, Counted(most), Counted(cost(largest.Node)), largest.Key, largest.Node.Kind.Keyword);

    private static string Counted(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
