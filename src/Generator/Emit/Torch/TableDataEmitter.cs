using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes the typed batches of a table, and what turns rows into them.</summary>
internal static class TableDataEmitter
{
    public static GeneratedFile Emit(ModelSpec spec, ModelGraph graph, TrainingPlan plan, TablePlan table) =>
        GeneratedFile.Of(spec, "Data", (null, ""), usings: [], writer =>
        {
            var answer = plan.Task.Answer;
            writer.Write($$"""
                /// <summary>A batch of rows with what is right for them, on the device that trains. Whoever takes it disposes it.</summary>
                /// <param name="Features">{{graph.Input}}, float32{{(plan.Mean is null ? "" : ", normalised")}}.</param>
                /// <param name="{{answer}}">{{plan.Task.AnswerDoc(plan)}}.</param>
                public readonly record struct Batch(global::TorchSharp.torch.Tensor Features, global::TorchSharp.torch.Tensor {{answer}}) : global::System.IDisposable
                {
                    /// <summary>Frees both tensors.</summary>
                    public void Dispose()
                    {
                        Features.Dispose();
                        {{answer}}.Dispose();
                    }
                }

                /// <summary>Rows as batches: gathered ahead of time by threads of their own, in an order that depends only on the seed and the epoch.</summary>
                public sealed class Data : global::ModelGen.Data.IBatches
                """);
            using (writer.Braces())
                EmitMembers(writer, graph, plan, table);
        });

    private static void EmitMembers(CodeWriter writer, ModelGraph graph, TrainingPlan plan, TablePlan table)
    {
        var features = CSharpLiteral.Of(graph.Input[0]);
        writer.Write($$"""
            private readonly global::ModelGen.Data.TableLoader _loader;
            private readonly global::TorchSharp.torch.Device _device;
            private readonly int _seed;

            /// <summary>Serves <paramref name="rows"/> in batches.</summary>
            /// <param name="rows">Rows of {{features}} features.</param>
            /// <param name="options">The batch size, the number of threads and the seed.</param>
            /// <param name="device">Where the batches are wanted.</param>
            public Data(global::ModelGen.Data.TableSet rows, Options options, global::TorchSharp.torch.Device device)
            {
                _loader = new global::ModelGen.Data.TableLoader(rows, options.BatchSize, options.Workers);
                _device = device;
                _seed = options.Seed;
                Count = rows.Count;
            }

            """);
        if (plan.ClassNames is { } names)
            BatchMembers.WriteClassNames(writer, names);
        TableWords.WriteFormat(writer, plan, table);
        BatchMembers.Write(writer, "rows", "_loader", "Batch");
        writer.Line();
        EmitToFeatures(writer, graph, plan);
        var right = plan.Task.HasClasses
            ? "Labels(batch.Labels, _device)"
            : $"Rows(batch.Targets, columns: {CSharpLiteral.Of(plan.Classes)}, _device)";
        writer.Write($$"""

            private global::System.Collections.Generic.IEnumerable<Batch> Read(int[] order, int skip = 0)
            {
                foreach (var batch in _loader.Read(order, skip))
                {
                    yield return new Batch(
                        ToFeatures(batch.Features, _device),
                        global::ModelGen.Torch.BatchTensors.{{right}});
                }
            }
            """);
    }

    private static void EmitToFeatures(CodeWriter writer, ModelGraph graph, TrainingPlan plan)
    {
        var features = CSharpLiteral.Of(graph.Input[0]);
        writer.Write(plan.Mean is null
            ? "/// <summary>Rows as the network takes them.</summary>"
            : "/// <summary>Rows as the network takes them: (x - mean) / std with the numbers of its feature.</summary>");
        writer.Write($$"""
            /// <param name="rows">{{graph.Input}}, row after row.</param>
            /// <param name="device">Where the tensor is wanted.</param>
            """);
        const string Head = "public static global::TorchSharp.torch.Tensor ToFeatures(global::System.ReadOnlySpan<float> rows, global::TorchSharp.torch.Device device)";
        if (plan is not { Mean: { } mean, Std: { } std })
        {
            writer.Write($"{Head} =>\n    global::ModelGen.Torch.BatchTensors.Rows(rows, columns: {features}, device);");
            return;
        }

        writer.Write($$"""
            {{Head}}
            {
                global::System.ReadOnlySpan<float> mean = [{{Numbers(mean)}}];
                global::System.ReadOnlySpan<float> std = [{{Numbers(std)}}];
                return global::ModelGen.Torch.BatchTensors.Rows(rows, mean, std, device);
            }
            """);
    }

    private static string Numbers(IReadOnlyList<double> values) => string.Join(", ", values.Select(CSharpLiteral.OfSingle));
}
