using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.CSharp;

/// <summary>Writes where the batches come from: images as bytes, or rows as numbers; the network's first kernel makes of them what it takes.</summary>
internal static class DataEmitter
{
    // The kernels take their sizes from the spec, and would read past the end of a sample, or the next one's values.
    private const string Unequal = "global::System.ArgumentOutOfRangeException.ThrowIfNotEqual";

    /// <summary>The type of a batch.</summary>
    public static string Batch(TrainingPlan plan) => "global::ModelGen.Cpu." + (plan.Table is null ? "ImageBatch" : "RowBatch");

    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan) => GeneratedFile.Of(spec, "Data", (null, ""), usings: [], writer =>
    {
        writer.Write($"""
            /// <summary>{(plan.Table is null ? "Images" : "Rows")} as batches: gathered ahead of time by threads of their own, in an order that depends only on the seed and the epoch.</summary>
            public sealed class Data : global::ModelGen.Data.IBatches
            """);
        using (writer.Braces())
        {
            if (plan.Table is { } table)
                WriteRows(writer, graph, plan, table);
            else
                WriteImages(writer, graph, plan);
        }
    });

    private static void WriteImages(CodeWriter writer, ModelGraph graph, TrainingPlan plan)
    {
        var sizes = graph.Input.Sizes.Select(CSharpLiteral.Of).ToArray();
        writer.Write($$"""
            private readonly global::ModelGen.Cpu.ImageBatches _batches;
            private readonly int _seed;

            /// <summary>Serves <paramref name="images"/> in batches.</summary>
            /// <param name="images">Images of the shape <see cref="ImageShape"/>.</param>
            /// <param name="options">The batch size, the number of threads and the seed.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The images have another shape.</exception>
            public Data(global::ModelGen.Data.ImageSet images, Options options)
            {
                {{Unequal}}(images.Shape, ImageShape);
                _batches = new global::ModelGen.Cpu.ImageBatches(images, options);
                _seed = options.Seed;
                Count = images.Count;
            }

            /// <summary>The shape of one image: {{string.Join("x", sizes)}}.</summary>
            public static global::ModelGen.Data.ImageShape ImageShape => new({{string.Join(", ", sizes)}});

            """);
        if (plan.ClassNames is { } names)
            BatchMembers.WriteClassNames(writer, names);
        BatchMembers.Write(writer, "images", "_batches", Batch(plan), !plan.Augmentation.IsNone, "_batches.Read");
        if (!plan.Augmentation.IsNone)
            AugmentationEmitter.Emit(writer, plan.Augmentation);
    }

    private static void WriteRows(CodeWriter writer, ModelGraph graph, TrainingPlan plan, TablePlan table)
    {
        var features = CSharpLiteral.Of(graph.Input[0]);
        var targets = CSharpLiteral.Of(table.Targets.Count);
        writer.Write($$"""
            private readonly global::ModelGen.Cpu.TableBatches _batches;
            private readonly int _seed;

            /// <summary>Serves <paramref name="rows"/> in batches.</summary>
            /// <param name="rows">Rows of {{features}} features.</param>
            /// <param name="options">The batch size, the number of threads and the seed.</param>
            /// <exception cref="global::System.ArgumentOutOfRangeException">The rows have other than {{features}} features{{(table.Label is null ? $" or {targets} targets" : "")}}.</exception>
            public Data(global::ModelGen.Data.TableSet rows, Options options)
            {
                {{Unequal}}(rows.FeatureCount, {{features}});
                {{Unequal}}(rows.TargetCount, {{targets}});
                _batches = new global::ModelGen.Cpu.TableBatches(rows, options);
                _seed = options.Seed;
                Count = rows.Count;
            }

            """);
        if (plan.ClassNames is { } names)
            BatchMembers.WriteClassNames(writer, names);
        TableWords.WriteFormat(writer, plan, table);
        BatchMembers.Write(writer, "rows", "_batches", Batch(plan), read: "_batches.Read");
    }
}
