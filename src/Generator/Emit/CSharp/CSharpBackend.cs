using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.CSharp;

/// <summary>The backend of plain C#: which files a checked spec becomes.</summary>
internal static class CSharpBackend
{
    public static IEnumerable<GeneratedFile> Emit(ModelSpec spec, ModelGraph graph)
    {
        var schedule = NetworkSchedule.Of(graph);
        yield return NetworkEmitter.Emit(spec, graph, schedule.Plan);
        yield return LayersEmitter.Emit(spec, graph, schedule.Plan);
        yield return WorkspaceEmitter.Emit(spec, graph, schedule.Inference);
        if (graph.Compilation.ExportsOnnx)
            yield return OnnxEmitter.Emit(spec, graph);
        if (graph.Training is { } training)
            yield return TrainingPassEmitter.Emit(spec, graph, training, schedule.Plan, schedule.Training!);
        foreach (var file in EmitTraining(spec, graph, schedule.Plan.HasDropout, schedule.Peak))
            yield return file;
    }

    /// <summary>The public surface of a network whose spec has mistakes.</summary>
    public static IEnumerable<GeneratedFile> EmitOutline(ModelSpec spec, ModelOutline outline)
    {
        var graph = outline.StandIn(spec.Name);
        return EmitTraining(spec, graph, hasDropout: false, note: "").Prepend(OutlineEmitter.Emit(spec, graph));
    }

    private static IEnumerable<GeneratedFile> EmitTraining(ModelSpec spec, ModelGraph graph, bool hasDropout, string note)
    {
        if (graph.Training is not { } training)
            yield break;
        yield return OptionsEmitter.Emit(spec, graph, training);
        yield return DataEmitter.Emit(spec, graph, training);
        yield return TrainerEmitter.Emit(spec, graph, training, hasDropout);
        yield return ProgramEmitter.Emit(spec, graph, training, note);
    }
}
