using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>Writes what every backend's network says of itself: its doc comment, its counts, its table and its shapes; also where a spec has mistakes and none is known.</summary>
internal static class NetworkFacts
{
    // An editor shows the first summary of a class, which may be the user's, and all remarks: the table stands where it is seen in any case.
    public static void WriteDoc(CodeWriter writer, ModelGraph graph, SummaryTable table)
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

    public static void Write(CodeWriter writer, ModelGraph graph, SummaryTable table)
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

            /// <summary>The shape of one {(graph.Root.Inputs.Count == 1 ? "input" : graph.Root.Inputs[0].Name)}, without the batch: {graph.Input.OfSample()}.</summary>
            public static global::System.ReadOnlySpan<long> InputShape => {graph.Input.OfSample()};

            /// <summary>The shape of {(graph.Root.Outputs.Count == 1 ? "one" : "the first")} output, without the batch: {graph.Output.OfSample()}.</summary>
            public static global::System.ReadOnlySpan<long> OutputShape => {graph.Output.OfSample()};
            """");
        writer.Line();
    }

    public static void WriteUnknownDoc(CodeWriter writer) =>
        writer.Write("/// <summary>The spec of this network has mistakes. Until they are mended this outline stands for it.</summary>");

    public static void WriteUnknown(CodeWriter writer) => writer.Write("""
        /// <summary>Unknown.</summary>
        public const long ParameterCount = 0;

        /// <summary>Unknown.</summary>
        public const long MultiplyAdds = 0;

        /// <summary>Unknown.</summary>
        public const string Summary = "";

        /// <summary>Unknown.</summary>
        public static global::ModelGen.Reporting.Diagram Diagram => new([]);

        /// <summary>Unknown.</summary>
        public static global::System.ReadOnlySpan<long> InputShape => [];

        /// <summary>Unknown.</summary>
        public static global::System.ReadOnlySpan<long> OutputShape => [];
        """).Line();
}
