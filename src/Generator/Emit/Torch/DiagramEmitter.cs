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
            """);
        WritePart(writer, classes.Root);
        foreach (var type in classes.Inner)
            WritePart(writer, type);
        writer.Write("]);").Line();
    }

    private static void WritePart(CodeWriter writer, ModuleClass type)
    {
        var shapes = new ShapeWords(type);
        var inputs = type.Uses[0].Inputs;
        writer.Write($"    new({CSharpLiteral.Of(type.Type)},").Write("    [");
        for (var i = 0; i < inputs.Count; i++)
            writer.Write($"        new({CSharpLiteral.Of(inputs[i].Name)}, \"\", {CSharpLiteral.Of(shapes.Of(i))}),");
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = type.Members[i];
            if (!member.IsAbsent)
                writer.Write($"        new({CSharpLiteral.Of(member.Node.Name.Key)}, {CSharpLiteral.Of(Kind(member))}, {CSharpLiteral.Of(shapes.Of(inputs.Count + i))}{Sources(type, member.Node)}),");
        }

        writer.Write("    ]),");
    }

    private static string Kind(ModuleMember member) => NodeWords.Kind(member.Node) + (member.IsOptional ? ", in some uses" : "");

    private static string Sources(ModuleClass type, GraphNode node)
    {
        var names = new string[node.Sources.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = ", " + CSharpLiteral.Of(NameOf(type, node.Sources[i]));
        return string.Concat(names);
    }

    // What no use has is left out, and what flowed into it goes on.
    private static string NameOf(ModuleClass type, int value)
    {
        var inputs = type.Uses[0].Inputs;
        while (value >= inputs.Count && type.Members[value - inputs.Count].IsAbsent)
            value = type.Members[value - inputs.Count].Node.Sources[0];
        return value < inputs.Count ? inputs[value].Name : type.Members[value - inputs.Count].Node.Name.Key;
    }
}
