using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the network itself: its facts, its layers, and the classes of its blocks.</summary>
internal static class ModuleEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph)
    {
        var classes = new ModuleClasses(graph.Root, graph.Compilation.Passes);
        var emitter = new ClassEmitter(classes.Root);
        var output = graph.Root.Outputs.Count > 1 ? "Output" : null;
        var bases = " : "
            + ClassEmitter.Base(graph.Root.Inputs.Count, output is null ? ClassEmitter.Tensor : $"{CSharpWord.EscapeType(graph.Name)}.{output}")
            + emitter.Interfaces;
        var table = new SummaryTable(graph);
        return GeneratedFile.Of(spec, "Module", (writer => NetworkFacts.WriteDoc(writer, graph, table), bases), usings: [], writer =>
        {
            NetworkFacts.Write(writer, graph, table);
            DiagramEmitter.Emit(writer, graph, classes);
            WriteConstructor(writer, graph);
            emitter.WriteBody(writer);
            emitter.WriteProperties(writer);
            emitter.WriteForward(writer, output, "network");
            if (output is not null)
                OutputRecord.Write(writer, graph, spec);
            foreach (var inner in classes.Inner)
            {
                writer.Line();
                new ClassEmitter(inner).WriteClass(writer);
            }
        }, classes.Applied);
    }

    private static void WriteConstructor(CodeWriter writer, ModelGraph graph) => writer.Write($"""
        /// <summary>Builds the network on the CPU, with PyTorch's default initial values from libtorch's random generator.</summary>
        /// <exception cref="global::ModelGen.ModelGenException">libtorch can't be loaded; the message says what to do.</exception>
        public {CSharpWord.EscapeType(graph.Name)}()
            : base(global::ModelGen.Torch.LibTorch.LoadedFor("{graph.Name}"))
        """);
}
