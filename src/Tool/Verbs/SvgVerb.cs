using System.CommandLine;
using System.Text;
using ModelGen.CommandLine;
using ModelGen.Emit.Torch;
using ModelGen.Formats;
using ModelGen.Graph;
using ModelGen.Reporting;

namespace ModelGen.Tool.Verbs;

/// <summary><c>svg FILE</c>: the network's graph as a drawing.</summary>
internal static class SvgVerb
{
    /// <summary>The verb.</summary>
    public static Command Of(Terminal terminal)
    {
        var target = PathOption.Of("--out", "FILE", "The drawing's file [default: print it]", ".svg");
        var verb = new Command("svg", "Draw a network's graph") { target };
        var spec = new SpecArguments(verb);
        verb.SetAction(parsed => spec.With(parsed, terminal, network =>
        {
            var drawing = DiagramOf(network.Model.Graph!).ToSvg();
            if (parsed.GetValue(target) is { } path)
            {
                AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(drawing)));
                terminal.Out.Write($"{path}\n");
            }
            else
            {
                terminal.Out.Write(drawing);
            }
        }));
        return verb;
    }

    /// <summary>The diagram that the network's class would have.</summary>
    internal static Diagram DiagramOf(ModelGraph graph)
    {
        var classes = new ModuleClasses(graph.Root, graph.Compilation.Passes);
        return new Diagram([.. classes.Inner.Prepend(classes.Root).Select(type => new DiagramPart(
            type.Type, [.. DiagramEmitter.StepsOf(type).Select(step => new DiagramNode(step.Name, step.Kind, step.Shape, step.Sources))]))]);
    }
}
