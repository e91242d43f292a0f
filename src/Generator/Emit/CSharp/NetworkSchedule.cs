using ModelGen.Graph;
using ModelGen.Graph.Kernels;

namespace ModelGen.Emit.CSharp;

/// <summary>All that is computed of a network, and where.</summary>
/// <param name="Plan">Its kernels.</param>
/// <param name="Inference">How it predicts.</param>
/// <param name="Training">How it learns; null where its spec does not say.</param>
internal sealed record NetworkSchedule(KernelPlan Plan, InferenceSchedule Inference, TrainingSchedule? Training)
{
    public static NetworkSchedule Of(ModelGraph graph)
    {
        var plan = KernelPlan.Of(graph);
        var training = graph.Training is { } recipe ? TrainingSchedule.Of(plan, new InputWords(graph).OfSample(new LossWords(graph, recipe).Input("_batch"))) : null;
        return new(plan, InferenceSchedule.Of(plan, graph), training);
    }

    /// <summary>The most memory that values take at a time, as a line below the network's table.</summary>
    public string Peak =>
        $"values take {Bytes(Inference.Memory.LocalLength)} to predict a sample"
        + (Training is null
            ? ""
            : $"; to train, {Bytes(Training.Memory.SharedLength)} for each sample of a batch and {Bytes(Training.Memory.LocalLength)} for each thread");

    private static string Bytes(long floats) => SummaryTable.Bytes(sizeof(float) * floats);
}
