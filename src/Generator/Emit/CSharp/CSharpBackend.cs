using System.Collections.Generic;
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
        var standIn = outline.StandIn(spec.Name);
        var graph = standIn with { Compilation = standIn.Compilation with { Backend = Backend.CSharp } };
        return [OutlineEmitter.Emit(spec, graph), .. EmitTraining(spec, graph, hasDropout: false, note: "")];
    }

    private static IEnumerable<GeneratedFile> EmitTraining(ModelSpec spec, ModelGraph graph, bool hasDropout, string note) => graph.Training is not { } training ? [] :
    [
        OptionsEmitter.Emit(spec, graph, training),
        DataEmitter.Emit(spec, graph, training),
        TrainerEmitter.Emit(spec, graph, training, hasDropout),
        ProgramEmitter.Emit(spec, graph, training, note),
    ];
}
