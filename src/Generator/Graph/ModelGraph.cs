using System.Collections.Generic;
using ModelGen.Layers;
using ModelGen.Training;

namespace ModelGen.Graph;

/// <summary>A checked layer with all that the emitters write about it: they compute no shapes of their own.</summary>
internal sealed record GraphNode(
    LayerKind Kind,
    LayerName Name,
    Settings Settings,
    TensorShape Input,
    TensorShape Output,
    long Parameters,
    long MultiplyAdds);

/// <summary>A checked network: every layer with its shapes and costs.</summary>
/// <param name="Name">The class.</param>
/// <param name="Input">The input's shape.</param>
/// <param name="Nodes">The layers, at least one, in the order in which data flows.</param>
/// <param name="Training">How it is trained, or null for a module alone.</param>
internal sealed record ModelGraph(string Name, TensorShape Input, IReadOnlyList<GraphNode> Nodes, TrainingPlan? Training)
{
    public TensorShape Output => Nodes[Nodes.Count - 1].Output;

    public long Parameters
    {
        get
        {
            var sum = 0L;
            foreach (var node in Nodes)
                sum = checked(sum + node.Parameters);
            return sum;
        }
    }

    /// <summary>For one sample.</summary>
    public long MultiplyAdds
    {
        get
        {
            var sum = 0L;
            foreach (var node in Nodes)
                sum = checked(sum + node.MultiplyAdds);
            return sum;
        }
    }
}
