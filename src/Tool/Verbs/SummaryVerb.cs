using System.CommandLine;
using ModelGen.Emit;
using ModelGen.Emit.CSharp;
using ModelGen.Reporting;

namespace ModelGen.Tool.Verbs;

/// <summary><c>summary FILE</c>: the network's layers as a table, the one that the build writes into the code.</summary>
internal static class SummaryVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var verb = new Command("summary", "Print a network's layers with their shapes and costs");
        var spec = new SpecArguments(verb);
        verb.SetAction(parsed => spec.With(parsed, terminal, network =>
        {
            var writer = new CodeWriter();
            var graph = network.Model.Graph!;
            new SummaryTable(graph).Write(writer, isWhole: true, prefix: "");
            if (graph.Compilation.Backend == ModelGen.Specs.Backend.CSharp)
                writer.Write(NetworkSchedule.Of(graph).Peak);
            terminal.Out.Write(writer.Complete().ToString());
        }));
        return verb;
    }
}
