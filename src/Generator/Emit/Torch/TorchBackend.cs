using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>The TorchSharp backend: which files a checked network becomes. What the spec does not ask for leaves no trace.</summary>
internal static class TorchBackend
{
    public static IEnumerable<GeneratedFile> Emit(ModelSpec spec, ModelGraph graph)
    {
        yield return ModuleEmitter.Emit(spec, graph);
        if (graph.Training is not { } plan)
            yield break;
        yield return OptionsEmitter.Emit(spec, graph, plan);
        yield return DataEmitter.Emit(spec, graph, plan);
        yield return TrainerEmitter.Emit(spec, graph, plan);
        yield return ProgramEmitter.Emit(spec, graph, plan);
    }
}
