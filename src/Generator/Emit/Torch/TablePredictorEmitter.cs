using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;
using ModelGen.Training;

namespace ModelGen.Emit.Torch;

/// <summary>Writes what a network that was trained on a table is used by: typed predictions, of rows in memory and in files.</summary>
internal static class TablePredictorEmitter
{
    public static void Emit(CodeWriter writer, ModelGraph graph, TrainingPlan plan, TablePlan table)
    {
        var features = CSharpLiteral.Of(graph.Input[0]);
        PredictionEmitter.Emit(writer, plan);
        writer.Write("""
            /// <summary>Says what rows come to. Any number of threads may ask it at the same time.</summary>
            public sealed class Predictor : global::System.IDisposable
            """);
        using (writer.Braces())
        {
            PredictorEmitter.EmitOpening(writer, graph);
            writer.Line().Write($$"""
                /// <summary>Says what rows in memory come to.</summary>
                /// <param name="features">{{graph.Input}}, row after row{{(plan.Mean is null ? "" : ", as they are measured")}}.</param>
                /// <returns>N predictions, in the order of the rows.</returns>
                /// <exception cref="global::System.ArgumentException">The values are no whole number of rows.</exception>
                public Prediction[] Predict(global::System.ReadOnlySpan<float> features)
                {
                    var (count, rest) = global::System.Math.DivRem(features.Length, {{features}});
                    if (rest > 0)
                        throw new global::System.ArgumentException($"A row has {{features}} features, but {features.Length} are no multiple of that.", nameof(features));
                    using var inference = global::TorchSharp.torch.inference_mode();
                    var predictions = new Prediction[count];
                    for (var first = 0; first < count; first += BatchSize)
                    {
                        var size = global::System.Math.Min(BatchSize, count - first);
                        using var rows = Data.ToFeatures(features.Slice(first * {{features}}, size * {{features}}), _device);
                        using var output = _model.call(rows);
                        {{Answers(plan, table)}}
                    }

                    return predictions;
                }

                /// <summary>Says what the rows of a file come to; it needs no more columns than the features.</summary>
                /// <param name="path">A CSV file.</param>
                /// <returns>A prediction for each row, in their order.</returns>
                /// <exception cref="global::ModelGen.ModelGenException">The file can't be read, or does not fit the network.</exception>
                public Prediction[] Predict(string path) =>
                    Predict(global::ModelGen.Data.TableData.ReadFeatures(path, Data.Format, features: {{features}}));

                /// <summary>Frees the network.</summary>
                public void Dispose() => _model.Dispose();
                """);
        }
    }

    private static IReadOnlyList<string> Answers(TrainingPlan plan, TablePlan table)
    {
        if (plan.Task.HasClasses)
            return PredictorEmitter.Answers(plan);
        var output = plan.Recipe.Loss.Probabilities is null ? "output" : "probabilities";
        var probabilities = plan.Recipe.Loss.Probabilities is { } code ? [$"using var probabilities = {code};"] : Enumerable.Empty<string>();
        var width = CSharpLiteral.Of(table.Targets.Count);
        var values = table.Targets.Select((_, i) => table.Targets.Count == 1 ? "values[i]" : $"values[({width} * i) + {CSharpLiteral.Of(i)}]");
        return
        [
            .. probabilities,
            $"var values = global::ModelGen.Torch.BatchTensors.Values({output});",
            "for (var i = 0; i < size; i++)",
            $"    predictions[first + i] = new Prediction({string.Join(", ", values)});",
        ];
    }
}
