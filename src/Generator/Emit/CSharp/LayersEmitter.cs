using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Graph.Kernels;
using ModelGen.Specs;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes what the kernels are compiled for: a type for each layer, with the layer's sizes and settings as constants.</summary>
internal static class LayersEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, KernelPlan plan) =>
        GeneratedFile.Of(spec, "Layers", (null, ""), usings: KernelWords.Usings, writer =>
        {
            Write(
                writer,
                KernelWords.Constants,
                "What the kernels are compiled for: the sizes and settings of the layers, as constants.",
                plan.Steps.Select(step => (System.Action<CodeWriter>)(writer => WriteConstants(writer, step))));
            writer.Line();
            Write(writer, KernelWords.EndConstants, "The same of what stands before the layers and behind them.", Ends(graph, plan));
        });

    private static void Write(CodeWriter writer, string name, string doc, IEnumerable<System.Action<CodeWriter>> types)
    {
        writer.Write($"/// <summary>{doc}</summary>");
        writer.Write($"private static class {name}");
        using (writer.Braces())
        {
            var isFirst = true;
            foreach (var write in types)
            {
                if (!isFirst)
                    writer.Line();
                isFirst = false;
                write(writer);
            }
        }
    }

    private static IEnumerable<System.Action<CodeWriter>> Ends(ModelGraph graph, KernelPlan plan)
    {
        var input = new InputWords(graph);
        if (input.HasConstants)
            yield return input.WriteConstants;
        // What comes in may also be what goes out, as it is.
        foreach (var order in Enumerable.Range(0, graph.Root.Inputs.Count).Concat(plan.Outputs).Distinct()
            .Select(value => new ImageOrder(plan.Values[value]))
            .Where(order => order.IsNeeded))
            yield return order.WriteConstants;
        if (graph.Training is { Recipe: { Loss.KernelInterface: { } settings } recipe, Classes: var outputs })
            yield return writer => WriteObjective(writer, recipe, outputs, settings);
    }

    private static void WriteConstants(CodeWriter writer, KernelStep step)
    {
        var words = new KernelWords(step);
        var names = string.Join(", ", step.Layers.Select(layer => layer.Key));
        writer.Write($"""
            /// <summary>{names}.</summary>
            public readonly struct {words.TypeName} : {KernelWords.Namespace}{step.Kernel.Interface}{(step.Kernel.ActivationSettings.Count == 0 ? "" : $", {KernelWords.Namespace}I{step.Kernel.Activation}")}
            """);
        using (writer.Braces())
        {
            foreach (var (name, value) in words.TypeMembers)
            {
                writer.Write(value switch
                {
                    long number => $"public static int {name} => {CSharpLiteral.Of(number)};",
                    int number => $"public static int {name} => {CSharpLiteral.Of(number)};",
                    long[] numbers => $"public static global::System.ReadOnlySpan<int> {name} => [{string.Join(", ", numbers.Select(CSharpLiteral.Of))}];",
                    bool flag => $"public static bool {name} => {CSharpLiteral.Of(flag)};",
                    _ => $"public static double {name} => {CSharpLiteral.Of((double)value)};",
                });
            }
        }
    }

    /// <summary>The loss for its settings.</summary>
    public static void WriteObjective(CodeWriter writer, Training.Recipe recipe, long outputs, string settings)
    {
        writer.Write($"/// <summary>{recipe.Loss.Keyword} as it is set.</summary>");
        writer.Write($"public readonly struct Objective : {KernelWords.Namespace}{settings}");
        using (writer.Braces())
        {
            foreach (var line in recipe.Loss.KernelConstants(recipe.Settings, outputs))
                writer.Write(line);
        }
    }
}
