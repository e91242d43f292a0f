using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Emit.CSharp;
using ModelGen.Emit.Torch;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit;

/// <summary>
/// Which files a checked spec becomes: its graph by the backend that it chooses, or an outline of one that has mistakes. Each is written when it is asked for,
/// so that whoever takes them can stop between two.
/// </summary>
internal static class Backends
{
    /// <param name="spec">The spec.</param>
    /// <param name="model">What checking it gave.</param>
    /// <param name="isOptimized">Whether passes may rewrite the forward pass, where the spec lets them.</param>
    public static IEnumerable<GeneratedFile> Emit(ModelSpec spec, CheckedModel model, bool isOptimized = true)
    {
        if (model.Graph is not { } graph)
        {
            return model.Outline is not { } outline ? [] : outline.Compilation.Backend switch
            {
                Backend.CSharp => CSharpBackend.EmitOutline(spec, outline),
                Backend.Both => TorchBackend.EmitOutline(spec, outline).Concat(CSharpBackend.EmitOutline(Inside(spec), outline with { Compilation = InCSharp(outline.Compilation) })),
                _ => TorchBackend.EmitOutline(spec, outline),
            };
        }

        if (graph.Compilation.Backend == Backend.CSharp)
            return CSharpBackend.Emit(spec, graph);
        var files = TorchBackend.Emit(spec, isOptimized ? graph : graph with { Compilation = graph.Compilation.Plain });
        return graph.Compilation.Backend == Backend.Both ? files.Concat(EmitInside(spec, graph)) : files;
    }

    /// <summary>The network in plain C# as a class inside of the TorchSharp module: <c>ConvNet.CSharp</c>.</summary>
    private static IEnumerable<GeneratedFile> EmitInside(ModelSpec spec, ModelGraph graph) => CSharpBackend.Emit(
        Inside(spec),
        graph with { Name = nameof(Backend.CSharp), Title = graph.Name, Compilation = InCSharp(graph.Compilation) });

    private static CompilationPlan InCSharp(CompilationPlan compilation) => compilation with { Backend = Backend.CSharp };

    private static ModelSpec Inside(ModelSpec spec) => spec with
    {
        Name = nameof(Backend.CSharp),
        Accessibility = "public",
        Containers = EquatableArray<TypeHead>.Of([.. spec.Containers, new TypeHead("class", spec.Name)])
    };
}
