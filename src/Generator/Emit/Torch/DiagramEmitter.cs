using System.Collections.Generic;
using ModelGen.Graph;

namespace ModelGen.Emit.Torch;

/// <summary>A step of a class: a layer, or an input, which is of no kind.</summary>
internal readonly record struct DiagramStep(string Name, string Kind, string Shape, string[] Sources);

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
        writer.Write($"    new({CSharpLiteral.Of(type.Type)},").Write("    [");
        foreach (var step in StepsOf(type))
        {
            writer.Append($"        new({new CodeWriter.Literal(step.Name)}, {new CodeWriter.Literal(step.Kind)}, {new CodeWriter.Literal(step.Shape)}");
            foreach (var source in step.Sources)
                writer.Append($", {new CodeWriter.Literal(source)}");
            writer.Write("),");
        }

        writer.Write("    ]),");
    }

    /// <summary>The steps of a class in the order in which data flows, its inputs first.</summary>
    public static IEnumerable<DiagramStep> StepsOf(ModuleClass type)
    {
        var shapes = type.Shapes();
        var inputs = type.Uses[0].Inputs;
        for (var i = 0; i < inputs.Count; i++)
            yield return new DiagramStep(inputs[i].Name, "", shapes.Of(i), []);
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = type.Members[i];
            if (!member.IsAbsent)
                yield return new DiagramStep(member.Node.Name.Key, Kind(member), shapes.Of(inputs.Count + i), NamesOf(type, member.Node.Sources));
        }
    }

    private static string Kind(ModuleMember member) => NodeWords.Kind(member.Node) + (member.IsOptional ? ", in some uses" : "");

    private static string[] NamesOf(ModuleClass type, IReadOnlyList<int> values)
    {
        var names = new string[values.Count];
        for (var i = 0; i < names.Length; i++)
            names[i] = NameOf(type, values[i]);
        return names;
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
