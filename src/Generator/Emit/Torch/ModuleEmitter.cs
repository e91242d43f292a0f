using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the network itself: a typed property per layer, and a forward pass in a straight line.</summary>
internal static class ModuleEmitter
{
    private const string Tensor = "global::TorchSharp.torch.Tensor";
    private const string Base = $"global::TorchSharp.torch.nn.Module<{Tensor}, {Tensor}>";

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph)
    {
        // What layer i receives is shapes[i], what it gives is shapes[i + 1]. Each is written several times; making its text is not free.
        var shapes = graph.Nodes.Select(node => node.Output.ToString()).Prepend(graph.Input.ToString()).ToArray();
        var summary = SummaryTable.Lines(graph, shapes);
        return GeneratedFile.Of(spec, "Module", (writer => WriteDoc(writer, graph, summary), $" : {Base}"), torchExtensions: false, writer =>
        {
            WriteFacts(writer, graph, summary);
            WriteConstructor(writer, graph);
            for (var i = 0; i < graph.Nodes.Count; i++)
                WriteProperty(writer, graph.Nodes[i], shapes[i], shapes[i + 1]);
            WriteForward(writer, graph, shapes);
        });
    }

    // An editor shows the first summary of a class, which may be the user's, and all remarks: the table stands where it is seen in any case.
    private static void WriteDoc(CodeWriter writer, ModelGraph graph, IReadOnlyList<string> summary)
    {
        writer.Write($"""
            /// <summary>A network from {graph.Input} to {graph.Output} with {CSharpLiteral.Counted(graph.Parameters)} parameters.</summary>
            /// <remarks>
            /// <code>
            """);
        foreach (var line in summary)
            writer.Write($"/// {XmlDoc.Escape(line)}");
        writer.Write("""
            /// </code>
            /// </remarks>
            """);
    }

    private static void WriteFacts(CodeWriter writer, ModelGraph graph, IReadOnlyList<string> summary)
    {
        writer.Write($""""
            /// <summary>How many values training changes.</summary>
            public const long ParameterCount = {CSharpLiteral.Grouped(graph.Parameters)};

            /// <summary>Multiplications with a weight, each with its addition, in one forward pass of one sample.</summary>
            public const long MultiplyAdds = {CSharpLiteral.Grouped(graph.MultiplyAdds)};

            /// <summary>The network as a table.</summary>
            public const string Summary =
                """
                {summary}
                """;

            /// <summary>The shape of one input, without the batch: {Sizes(graph.Input)}.</summary>
            public static global::System.ReadOnlySpan<long> InputShape => {Sizes(graph.Input)};

            /// <summary>The shape of one output, without the batch: {Sizes(graph.Output)}.</summary>
            public static global::System.ReadOnlySpan<long> OutputShape => {Sizes(graph.Output)};
            """");
        writer.Line();
    }

    private static void WriteConstructor(CodeWriter writer, ModelGraph graph)
    {
        writer.Write($"""
            /// <summary>Builds the network on the CPU, with PyTorch's default initial values from libtorch's random generator.</summary>
            /// <exception cref="global::ModelGen.ModelGenException">libtorch can't be loaded; the message says what to do.</exception>
            public {CSharpWord.EscapeType(graph.Name)}()
                : base(global::ModelGen.Torch.LibTorch.LoadedFor("{graph.Name}"))
            """);
        using (writer.Braces())
        {
            foreach (var node in graph.Nodes)
            {
                var arguments = node.Kind.TorchArguments(node.Settings, node.Input).Where(argument => argument is not null);
                writer.Write($"{node.Name.Member} = global::TorchSharp.torch.nn.{node.Kind.AttributeName}({string.Join(", ", arguments)});");
            }

            writer.Line();
            foreach (var node in graph.Nodes)
                writer.Write($"register_module(\"{node.Name.Key}\", {node.Name.Member});");
        }

        writer.Line();
    }

    private static void WriteProperty(CodeWriter writer, GraphNode node, string input, string output)
    {
        var settings = node.Settings.Describe(node.Kind.Parameters);
        var kind = settings.Length == 0 ? node.Kind.Keyword : $"{node.Kind.Keyword}, {settings}";
        var costs = (node.Parameters == 0 ? "" : $"; {CSharpLiteral.Counted(node.Parameters)} parameters")
            + (node.MultiplyAdds == 0 ? "" : $", {CSharpLiteral.Counted(node.MultiplyAdds)} multiply-adds");
        writer.Write($$"""
            /// <summary><c>{{node.Name.Key}}</c>: {{kind}}; {{input}} to {{output}}{{costs}}.</summary>
            public global::TorchSharp.Modules.{{node.Kind.AttributeName}} {{node.Name.Member}} { get; }
            """);
        writer.Line();
    }

    private static void WriteForward(CodeWriter writer, ModelGraph graph, string[] shapes)
    {
        writer.Write($"""
            /// <summary>Computes the network's output. The caller disposes it; everything between is disposed here.</summary>
            /// <param name="input">{graph.Input}, float32.</param>
            /// <returns>{graph.Output}, float32.</returns>
            public override {Tensor} forward({Tensor} input)
            """);
        using (writer.Braces())
        {
            var statements = Enumerable.Range(0, graph.Nodes.Count).Select(i => Statement(graph.Nodes, i)).ToArray();
            var width = statements.Max(statement => statement.Length);
            for (var i = 0; i < statements.Length; i++)
                writer.Write($"{statements[i]}{new string(' ', width - statements[i].Length)} // {shapes[i + 1]}");
        }
    }

    private static string Statement(IReadOnlyList<GraphNode> nodes, int i)
    {
        var (member, input) = (nodes[i].Name.Member, i == 0 ? "input" : Local(nodes[i - 1]));
        return i == nodes.Count - 1 ? $"return {member}.call({input});" : $"using var {Local(nodes[i])} = {member}.call({input});";
    }

    // A local may not hide the parameter, nor be a word of C#; with the @ any word can be a name.
    private static string Local(GraphNode node) => node.Name.Local == "input" ? "input_" : CSharpWord.Escape(node.Name.Local);

    private static string Sizes(TensorShape shape) => "[" + string.Join(", ", shape.Sizes.Select(CSharpLiteral.Of)) + "]";
}
