using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>The TorchSharp backend: which files a checked spec becomes. What the spec does not ask for leaves no trace.</summary>
internal static class TorchBackend
{
    public static IEnumerable<GeneratedFile> Emit(ModelSpec spec, ModelGraph graph)
    {
        yield return ModuleEmitter.Emit(spec, graph);
        if (graph.Compilation.ExportsOnnx)
            yield return OnnxEmitter.Emit(spec, graph);
        foreach (var file in EmitTraining(spec, graph))
            yield return file;
    }

    /// <summary>The public surface of a network whose spec has mistakes.</summary>
    public static IEnumerable<GeneratedFile> EmitOutline(ModelSpec spec, ModelOutline outline) =>
        EmitTraining(spec, outline.StandIn(spec.Name)).Prepend(OutlineEmitter.Emit(spec, outline));

    private static IEnumerable<GeneratedFile> EmitTraining(ModelSpec spec, ModelGraph graph)
    {
        if (graph.Training is not { } plan)
            yield break;
        yield return OptionsEmitter.Emit(spec, graph, plan);
        yield return plan.Table is { } table ? TableDataEmitter.Emit(spec, graph, plan, table) : DataEmitter.Emit(spec, graph, plan);
        yield return TrainerEmitter.Emit(spec, graph, plan);
        yield return ProgramEmitter.Emit(spec, graph, plan);
    }
}
