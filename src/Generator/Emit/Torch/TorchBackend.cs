using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>The TorchSharp backend: which files a checked spec becomes. What the spec does not ask for leaves no trace.</summary>
internal static class TorchBackend
{
    public static IEnumerable<GeneratedFile> Emit(ModelSpec spec, ModelGraph graph) =>
        [ModuleEmitter.Emit(spec, graph), .. graph.Compilation.ExportsOnnx ? [OnnxEmitter.Emit(spec, graph)] : Enumerable.Empty<GeneratedFile>(), .. EmitTraining(spec, graph)];

    /// <summary>The public surface of a network whose spec has mistakes.</summary>
    public static IEnumerable<GeneratedFile> EmitOutline(ModelSpec spec, ModelOutline outline) =>
        [OutlineEmitter.Emit(spec, outline), .. EmitTraining(spec, outline.StandIn(spec.Name))];

    private static IEnumerable<GeneratedFile> EmitTraining(ModelSpec spec, ModelGraph graph) => graph.Training is not { } plan ? [] :
    [
        OptionsEmitter.Emit(spec, graph, plan),
        plan.Table is { } table ? TableDataEmitter.Emit(spec, graph, plan, table) : DataEmitter.Emit(spec, graph, plan),
        TrainerEmitter.Emit(spec, graph, plan),
        ProgramEmitter.Emit(spec, graph, plan),
    ];
}
