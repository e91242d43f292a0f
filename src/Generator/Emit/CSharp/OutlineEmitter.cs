using System.Collections.Generic;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>
/// Writes the public surface of a network whose spec has mistakes, so that the code that uses it does not fail as well. The build fails
/// by the mistakes themselves; what stands in the bodies never runs.
/// </summary>
internal static class OutlineEmitter
{
    private const string Cpu = "global::ModelGen.Cpu.";
    private const string Span = "global::System.ReadOnlySpan";

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph) =>
        GeneratedFile.Of(
            spec,
            "Network",
            (NetworkFacts.WriteUnknownDoc, $" : {Cpu}Network"),
            usings: KernelWords.Usings,
            writer => Write(writer, spec, graph));

    private static void Write(CodeWriter writer, ModelSpec spec, ModelGraph graph)
    {
        NetworkFacts.WriteUnknown(writer);
        writer.Write($$"""
            /// <summary>Refuses to run, should the mistakes have been silenced.</summary>
            /// <param name="seed">Unknown.</param>
            /// <exception cref="global::ModelGen.ModelGenException">Always.</exception>
            public {{CSharpWord.EscapeType(spec.Name)}}(int seed = 1) => throw new global::ModelGen.ModelGenException(
                "The spec of {{spec.Name}} has mistakes, so there is no network: build with analyzers on and mend what they say.");

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<{{Cpu}}Parameter> Parameters => [];

            /// <inheritdoc/>
            public override global::System.Collections.Generic.IReadOnlyList<(string Path, int Version)> Modules => [];

            /// <summary>Unknown.</summary>
            public sealed class Workspace
            {
                /// <summary>Does nothing.</summary>
                public Workspace({{CSharpWord.EscapeType(spec.Name)}} model)
                {
                }

                /// <summary>Does nothing.</summary>
                public void Prepare()
                {
                }

                /// <summary>Gives nothing.</summary>
                public {{Span}}<float> Forward({{Span}}<float> input) => [];
                {{Sample(graph)}}
            }
            """);
        if (graph.Compilation.ExportsOnnx)
        {
            writer.Write("""

                /// <summary>Never runs.</summary>
                public void ExportOnnx(string path, global::ModelGen.Formats.Onnx.OnnxOptions? options = null)
                {
                }
                """);
        }

        if (graph.Training is { } training)
            WriteTraining(writer, spec, graph, training);
    }

    private static void WriteTraining(CodeWriter writer, ModelSpec spec, ModelGraph graph, TrainingPlan training)
    {
        var loss = new LossWords(graph, training);
        writer.Write($$"""

            private sealed class TrainingPass
            {
                public TrainingPass({{CSharpWord.EscapeType(spec.Name)}} model, int batchSize, {{Cpu}}Team team)
                {
                }

                public double Run({{DataEmitter.Batch(training)}} batch, {{loss.Totals}} totals{{(training.Recipe.Accumulate > 1 ? ", int share" : "")}}) => 0;
            }
            """);
        if (training.Recipe.Loss.KernelInterface is { } settings)
        {
            writer.Line();
            writer.Write($"private static class {KernelWords.EndConstants}");
            using (writer.Braces())
                LayersEmitter.WriteObjective(writer, training.Recipe, training.Classes, settings);
        }
    }

    private static IReadOnlyList<string> Sample(ModelGraph graph) => graph.Training is not { } training ? [] :
    [
        "",
        "/// <summary>Gives nothing.</summary>",
        $"public {Span}<float> ForwardSample({Span}<{(training.Table is null ? "byte" : "float")}> sample) => [];",
    ];
}
