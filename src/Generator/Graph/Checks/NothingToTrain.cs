using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;

namespace ModelGen.Graph.Checks;

/// <summary>
/// A network that is trained has something to train. What a module of the user's own has is not known. One that gives no row of scores is told to end with
/// a layer that does, which has weights.
/// </summary>
internal static class NothingToTrain
{
    public static IEnumerable<Finding> Check(ModelGraph graph) =>
        graph.Training is not null && graph.Parameters == 0 && graph.Output.Rank == 2 && graph.Layers.All(layer => !layer.Node.Kind.IsOwn)
            ? [Finding.Of(Rules.NothingToTrain, "training")]
            : [];
}
