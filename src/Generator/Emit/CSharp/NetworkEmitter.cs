using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Emit.Torch;
using ModelGen.Graph;
using ModelGen.Graph.Kernels;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes the network itself: its facts, its tensors, and the constants that its kernels are compiled for.</summary>
internal static class NetworkEmitter
{
    private const string Cpu = "global::ModelGen.Cpu.";

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, KernelPlan plan)
    {
        var table = new SummaryTable(graph);
        return GeneratedFile.Of(spec, "Network", (writer => NetworkFacts.WriteDoc(writer, graph, table), $" : {Cpu}Network"), usings: KernelWords.Usings, writer =>
        {
            NetworkFacts.Write(writer, graph, table);
            DiagramEmitter.Emit(writer, graph, new ModuleClasses(graph.Root, []));
            var tensors = plan.Holders.SelectMany(step => step.Kernel.Tensors.Select(tensor => (Step: step, Parameter: tensor))).ToArray();
            WriteConstructor(writer, graph, tensors);
            foreach (var (step, parameter) in tensors)
                WriteProperty(writer, step, parameter);
            WriteLists(writer, graph, tensors);
        });
    }

    private static void WriteConstructor(CodeWriter writer, ModelGraph graph, (KernelStep Step, KernelParameter Parameter)[] tensors)
    {
        writer.Write($"""
            /// <summary>Builds the network with PyTorch's default initial values.</summary>
            /// <param name="seed">What decides them: the same weights as libtorch's for the same seed.</param>
            public {CSharpWord.EscapeType(graph.Name)}(int seed = 1)
            """);
        using (writer.Braces())
        {
            foreach (var (step, parameter) in tensors)
            {
                writer.Write(parameter == KernelParameter.BatchCount
                    ? $"{step.MemberOf(parameter)} = {Cpu}Parameter.BatchCount({Key(step, parameter)});"
                    : $"{step.MemberOf(parameter)} = new({Key(step, parameter)}, [{string.Join(", ", parameter.Sizes.Select(CSharpLiteral.Of))}]{(parameter.IsTrained ? "" : ", isTrained: false")});");
            }

            if (tensors.Length == 0)
                return;
            writer.Line();
            writer.Write($"var random = new {Cpu}Mt19937(seed);");
            foreach (var (step, parameter) in tensors.Where(tensor => tensor.Parameter != KernelParameter.BatchCount))
                writer.Write($"{Cpu}Initial.{string.Format(CultureInfo.InvariantCulture, parameter.Initial, step.MemberOf(parameter), step.MemberOf(step.Kernel.Tensors.First()))};");
        }
    }

    private static void WriteProperty(CodeWriter writer, KernelStep step, KernelParameter parameter)
    {
        var layer = step.Layers[0];
        var shape = parameter == KernelParameter.BatchCount ? "" : $", [{string.Join(", ", parameter.Sizes.Select(CSharpLiteral.Of))}]";
        writer.Write($"""

            /// <summary><c>{parameter.KeyIn(layer.Key)}</c>{shape}.</summary>
            public {Cpu}Parameter {step.MemberOf(parameter)} {"{ get; }"}
            """);
    }

    private static void WriteLists(CodeWriter writer, ModelGraph graph, (KernelStep Step, KernelParameter Parameter)[] tensors)
    {
        writer.Write($"""

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<{Cpu}Parameter> Parameters =>
            [
            """);
        foreach (var (step, parameter) in InModules(tensors, 0))
            writer.Write($"    {step.MemberOf(parameter)},");
        writer.Write("""
            ];

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<(string Path, int Version)> Modules =>
            [
                ("", 1),
            """);
        foreach (var (path, version) in Modules(graph))
            writer.Write($"    ({CSharpLiteral.Of(path)}, {CSharpLiteral.Of(version)}),");
        writer.Write("];");
        if (tensors.All(tensor => !tensor.Parameter.IsUnused))
            return;
        writer.Write("""

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<string> WithoutGradient =>
            [
            """);
        foreach (var (step, parameter) in tensors.Where(tensor => tensor.Parameter.IsUnused))
            writer.Write($"    {Key(step, parameter)},");
        writer.Write("];");
    }

    /// <summary>The tensors in the state_dict's order: those of a module itself stand before those of the modules in it.</summary>
    private static IEnumerable<(KernelStep Step, KernelParameter Parameter)> InModules(
        IEnumerable<(KernelStep Step, KernelParameter Parameter)> tensors,
        int depth) =>
        tensors
            .GroupBy(tensor => tensor.Parameter.KeyIn(tensor.Step.Layers[0].Key).Split('.') is var names && names.Length == depth + 1
                ? ""
                : names[depth])
            .OrderBy(module => module.Key.Length == 0 ? 0 : 1)
            .SelectMany(module => module.Key.Length == 0 ? module : InModules(module, depth + 1));

    /// <summary>What PyTorch would build a module for, each before what is in it.</summary>
    private static IEnumerable<(string Path, int Version)> Modules(ModelGraph graph)
    {
        var seen = new HashSet<string>();
        foreach (var layer in graph.Layers.Where(layer => layer.Node.Kind is { TorchType: not null, TorchRegistration: "register_module" }))
        {
            for (var dot = layer.Key.IndexOf('.'); dot > 0; dot = layer.Key.IndexOf('.', dot + 1))
            {
                if (seen.Add(layer.Key.Substring(0, dot)))
                    yield return (layer.Key.Substring(0, dot), 1);
            }

            yield return (layer.Key, layer.Node.Kind.StateVersion);
        }
    }

    private static string Key(KernelStep step, KernelParameter parameter) => CSharpLiteral.Of(parameter.KeyIn(step.Layers[0].Key));
}
