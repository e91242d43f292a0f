using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph;

/// <summary>What a step costs with all that is in it, for one sample.</summary>
internal static class Costs
{
    public static (long Parameters, long MultiplyAdds) Of(GraphNode node) => node switch
    {
        LayerNode layer => (layer.Parameters, layer.MultiplyAdds),
        ModuleNode module => Of(module.Module),
        RepeatNode repeat => Sum(repeat.Modules.Select(Of)),
        _ => default,
    };

    public static (long Parameters, long MultiplyAdds) Of(ModuleGraph module) => Sum(module.Nodes.Select(Of));

    private static (long, long) Sum(IEnumerable<(long Parameters, long MultiplyAdds)> costs) =>
        costs.Aggregate((0L, 0L), (sum, cost) => (checked(sum.Item1 + cost.Parameters), checked(sum.Item2 + cost.MultiplyAdds)));
}
