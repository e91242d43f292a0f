using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>The TorchSharp backend: which files a checked spec becomes. What the spec does not ask for leaves no trace.</summary>
internal static class TorchBackend
{
    /// <param name="spec">The spec.</param>
    /// <param name="model">What checking it gave.</param>
    /// <param name="compilation">How its network is compiled; null for the spec's own way.</param>
    public static IEnumerable<GeneratedFile> Emit(ModelSpec spec, CheckedModel model, CompilationPlan? compilation = null) => model switch
    {
        { Graph: { } graph } => EmitAll(spec, compilation is null ? graph : graph with { Compilation = compilation }),
        { Outline: { } outline } => [OutlineEmitter.Emit(spec, outline), .. EmitTraining(spec, outline.StandIn(spec.Name))],
        _ => [],
    };

    private static IEnumerable<GeneratedFile> EmitAll(ModelSpec spec, ModelGraph graph) => [ModuleEmitter.Emit(spec, graph), .. EmitTraining(spec, graph)];

    private static IEnumerable<GeneratedFile> EmitTraining(ModelSpec spec, ModelGraph graph) => graph.Training is not { } plan ? [] :
    [
        OptionsEmitter.Emit(spec, graph, plan),
        plan.Table is { } table ? TableDataEmitter.Emit(spec, graph, plan, table) : DataEmitter.Emit(spec, graph, plan),
        TrainerEmitter.Emit(spec, graph, plan),
        ProgramEmitter.Emit(spec, graph, plan),
    ];
}
