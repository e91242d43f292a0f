using System.Linq;
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
        var bases = " : " + ClassEmitter.Base(graph.Root.Inputs.Count, output is null ? ClassEmitter.Tensor : $"{CSharpWord.EscapeType(graph.Name)}.{output}") + emitter.Interfaces;
        var table = new SummaryTable(graph);
        return GeneratedFile.Of(spec, "Module", (writer => WriteDoc(writer, graph, table), bases), torchExtensions: false, writer =>
        {
            WriteFacts(writer, graph, table);
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

    // An editor shows the first summary of a class, which may be the user's, and all remarks: the table stands where it is seen in any case.
    private static void WriteDoc(CodeWriter writer, ModelGraph graph, SummaryTable table)
    {
        var inputs = string.Join(" and ", graph.Root.Inputs.Select(input => input.Shape.ToString()));
        var outputs = string.Join(" and ", graph.Root.Outputs.Select(output => graph.Root.ShapeOf(output).ToString()));
        writer.Write($"""
            /// <summary>A network from {inputs} to {outputs} with {CSharpLiteral.Counted(graph.Parameters)} parameters.</summary>
            /// <remarks>
            /// <code>
            """);
        table.Write(writer, isWhole: false, prefix: "/// ");
        writer.Write("""
            /// </code>
            /// </remarks>
            """);
    }

    private static void WriteFacts(CodeWriter writer, ModelGraph graph, SummaryTable table)
    {
        writer.Write($""""
            /// <summary>The trained values, counted as PyTorch counts parameters.</summary>
            public const long ParameterCount = {CSharpLiteral.Grouped(graph.Parameters)};

            /// <summary>Multiplications with a weight, each with its addition, in one forward pass of one sample.</summary>
            public const long MultiplyAdds = {CSharpLiteral.Grouped(graph.MultiplyAdds)};

            /// <summary>The network as a table.</summary>
            public const string Summary =
                """
            """");
        table.Write(writer, isWhole: true, prefix: "    ");
        writer.Write($""""
                """;

            /// <summary>The shape of one {(graph.Root.Inputs.Count == 1 ? "input" : graph.Root.Inputs[0].Name)}, without the batch: {Sizes(graph.Input)}.</summary>
            public static global::System.ReadOnlySpan<long> InputShape => {Sizes(graph.Input)};

            /// <summary>The shape of one output, without the batch: {Sizes(graph.Output)}.</summary>
            public static global::System.ReadOnlySpan<long> OutputShape => {Sizes(graph.Output)};
            """");
        writer.Line();
    }

    private static void WriteConstructor(CodeWriter writer, ModelGraph graph) => writer.Write($"""
        /// <summary>Builds the network on the CPU, with PyTorch's default initial values from libtorch's random generator.</summary>
        /// <exception cref="global::ModelGen.ModelGenException">libtorch can't be loaded; the message says what to do.</exception>
        public {CSharpWord.EscapeType(graph.Name)}()
            : base(global::ModelGen.Torch.LibTorch.LoadedFor("{graph.Name}"))
        """);

    private static string Sizes(TensorShape shape) => "[" + string.Join(", ", shape.Sizes.Select(CSharpLiteral.Of)) + "]";
}
