using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph.Passes;
using ModelGen.Training;

namespace ModelGen.Graph;

/// <summary>A checked network: every layer with its shapes and costs.</summary>
/// <param name="Name">The class.</param>
/// <param name="Root">The network as its spec has it: modules in modules.</param>
/// <param name="Flat">The same without its modules.</param>
/// <param name="Training">How it is trained, or null for a module alone.</param>
/// <param name="Compilation">How it is compiled.</param>
internal sealed record ModelGraph(string Name, ModuleGraph Root, FlatNetwork Flat, TrainingPlan? Training, CompilationPlan Compilation)
{
    /// <summary>What people know it as: the class, but for one inside of the network that it is another form of.</summary>
    public string Title { get; init; } = Name;

    /// <summary>Whether it is such a form.</summary>
    public bool IsInside => Title != Name;

    /// <summary>All layers that compute something, in the order in which data flows.</summary>
    public IReadOnlyList<FlatLayer> Layers => Flat.Layers;

    /// <summary>The first input's shape.</summary>
    public TensorShape Input => Root.Inputs[0].Shape;

    /// <summary>The first output's shape.</summary>
    public TensorShape Output => Root.Output;

    public long Parameters => Sum(layer => layer.Node.Parameters);

    /// <summary>Whether a network that only predicts can have batch norms folded into the convolutions before them.</summary>
    public bool FoldsBatchNorm => Compilation.Passes.Any(pass => pass is BatchNormFusion) && Layers.Any(norm => norm.Node.Kind.FusesWithConvolution(norm.Node.Settings)
        && Flat.Before(norm) is { Node: var before } && before.Kind.FusesWithBatchNorm(before.Settings));

    /// <summary>For one sample.</summary>
    public long MultiplyAdds => Sum(layer => layer.Node.MultiplyAdds);

    /// <summary>The bytes of all layers' outputs for one sample, in float32, or int64 for indices.</summary>
    public long OutputBytes => Sum(layer => layer.Node.OutputBytes);

    private long Sum(System.Func<FlatLayer, long> cost)
    {
        var sum = 0L;
        for (var i = 0; i < Layers.Count; i++)
            sum = checked(sum + cost(Layers[i]));
        return sum;
    }
}
