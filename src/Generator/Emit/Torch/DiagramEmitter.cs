using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the graph as data for diagrams: the network, and each of its classes once.</summary>
internal static class DiagramEmitter
{
    private const string Reporting = "global::ModelGen.Reporting.";

    public static void Emit(CodeWriter writer, ModelGraph graph, ModuleClasses classes)
    {
        writer.Write($"""
            /// <summary>The network and its blocks as graphs, to be drawn.</summary>
            public static {Reporting}Diagram Diagram => new(
            [
            {string.Join(",\n", classes.Inner.Prepend(classes.Root).Select(Part))},
            ]);
            """);
        writer.Line();
    }

    private static string Part(ModuleClass type)
    {
        var shapes = new ShapeWords(type);
        var inputs = type.Uses[0].Inputs;
        var nodes = new List<string>(inputs.Select((input, i) => Node(input.Name, "", shapes.Of(i), [])));
        for (var i = 0; i < type.Members.Count; i++)
        {
            var node = type.Members[i].Node;
            if (!type.Members[i].IsAbsent)
                nodes.Add(Node(node.Name.Key, NodeWords.Kind(node) + (type.Members[i].IsOptional ? ", in some uses" : ""), shapes.Of(inputs.Count + i), node.Sources.Select(source => NameOf(type, source))));
        }

        return $"    new({CSharpLiteral.Of(type.Type)},\n    [\n{string.Concat(nodes.Select(node => $"        {node},\n"))}    ])";
    }

    private static string Node(string name, string kind, string shape, IEnumerable<string> sources) =>
        $"new({string.Join(", ", new[] { name, kind, shape }.Concat(sources).Select(CSharpLiteral.Of))})";

    // What no use has is left out, and what flowed into it goes on.
    private static string NameOf(ModuleClass type, int value)
    {
        var inputs = type.Uses[0].Inputs;
        while (value >= inputs.Count && type.Members[value - inputs.Count].IsAbsent)
            value = type.Members[value - inputs.Count].Node.Sources[0];
        return value < inputs.Count ? inputs[value].Name : type.Members[value - inputs.Count].Node.Name.Key;
    }
}
